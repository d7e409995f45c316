package rest

import (
	"reflect"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/room"
)

// kinds describes types of the practice: the few values each may have, or what
// an id of it looks like.
var kinds = []described{
	values(practice.CarryOffered, practice.CarryAccepted, practice.CarryDone, practice.CarryDropped),
	values(practice.Did, practice.Saw, practice.Affected, practice.Heard),
	values(practice.ClassAnswers, practice.ClassHot, practice.ClassPool, practice.ClassReceipts, practice.ClassMisuse, practice.ClassRooms, practice.ClassFailures,
		practice.ClassReviews, practice.ClassConflicts, practice.ClassLearned, practice.ClassPeople, practice.ClassNewcomers, practice.ClassDoors, practice.ClassKnocks, practice.ClassPartings,
		practice.ClassNotices, practice.ClassDispatches, practice.ClassRepeats, practice.ClassResends, practice.ClassPrints, practice.ClassErasures,
		practice.ClassDisposals, practice.ClassBackups, practice.ClassHouse),
	values(practice.AtPresent, practice.AtClarify, practice.AtReact, practice.AtConsent, practice.AtIntegrate, practice.AtOver),
	values(practice.SaysSafe, practice.SaysHarm),
	values(practice.ConsentPassed, practice.ConsentBack, practice.ConsentReplaced),
	values(practice.Integrations...),
	values(practice.SpokePresent, practice.SpokeQuestion, practice.SpokeReply, practice.SpokeReaction, practice.SpokeSafe, practice.SpokeHarm,
		practice.SpokeUnsaid, practice.SpokeLonger, practice.SpokeIntegrate, practice.SpokeKept, practice.SpokeBack),
	values(measure.ShapeFew, measure.ShapeNew, measure.ShapeSame, measure.ShapeBoth),
	values(practice.AssumptionStates()...), values(practice.UseFine, practice.UseNext, practice.UseRemove),
	values(practice.ConstraintKinds()...),
	values(practice.CouldSoon, practice.CouldLater, practice.CouldOthers, practice.CouldNobody),
	values(practice.FaultUnset, practice.FaultUnreachable, practice.FaultSecret, practice.FaultTLS, practice.FaultRefused,
		practice.FaultBusy, practice.FaultBlocked, practice.FaultMoved),
	values(practice.FormLive, practice.FormDays),
	values(practice.KeptByStewards, practice.KeptByOperator),
	values(practice.KnockWaiting, practice.KnockLetIn, practice.KnockRefused),
	values(practice.LegWrite, practice.LegAgree, practice.LegGap, practice.LegTake, practice.LegSort, practice.LegSettle,
		practice.LegChange, practice.LegYes, practice.LegClose),
	values(practice.LinkIn, practice.LinkReset),
	values(practice.Outcomes()...),
	values(practice.PassSeat, practice.PassCarry, practice.PassConsent, practice.PassReferral),
	values(practice.PhaseArrive, practice.PhaseIntended, practice.PhaseHappened, practice.PhaseGap, practice.PhaseSort,
		practice.PhaseChange, practice.PhaseCarry, practice.PhaseClosed, practice.PhaseOff, practice.Parked),
	values(practice.Go, practice.NotNow),
	values(practice.ReasonFirst, practice.ReasonLearning, practice.ReasonLaw, practice.ReasonContract, practice.ReasonOrder,
		practice.ReasonWording, practice.ReasonOffer, practice.ReasonPaste, practice.ReasonUndone, practice.ReasonPutBack, practice.ReasonUnused),
	values(practice.RouteStep, practice.RouteSafeguard, practice.RoutePromised, practice.RouteCovered, practice.RouteNothing,
		practice.RouteConstraint, practice.RouteFinding, practice.RouteWaiting, practice.RoutePutBack, practice.RouteProposed, practice.RouteDeclined, practice.RouteReferral),
	values(practice.ProposedStates()...),
	values(practice.OfferStates()...),
	values(practice.OfferAdopt, practice.OfferAdapt, practice.OfferDecline, practice.OfferWithdraw),
	values(practice.ScopeRead, practice.ScopeReport, practice.ScopeWrite),
	values(practice.SourceReport, practice.SourceImported, practice.SourceTablet, practice.SourceMonitor, practice.SourceHot),
	values(practice.SaysFits, practice.SaysApart, practice.SaysTest),
	values(practice.StageEarly, practice.StageHappening, practice.StageAfter),
	values(practice.ReferralAccept, practice.ReferralDecline, practice.ReferralRedirect, practice.ReferralHand, practice.ReferralBack),
	values(practice.ReferralSoon, practice.ReferralWaits, practice.ReferralStuck, practice.ReferralAccepted, practice.ReferralDeclined,
		practice.ReferralReturned),
	values(practice.Reported, practice.Reviewed, practice.Changed, practice.InUse, practice.Held),
	values(practice.ActEdit, practice.ActAdd, practice.ActRemove, practice.ActMove, practice.ActSplit, practice.ActMerge),
	values(practice.Strengths()...),
	values(practice.UseAnswers...),
	values(practice.Moves()...),
	values(practice.MisuseStates...),
	values(practice.PauseAskedNew, practice.PauseJoined, practice.PauseRan),
	values(practice.BandLow, practice.BandMixed, practice.BandHigh),
	values(practice.Causes...),
	values(practice.FoundFew, practice.FoundDiffers, practice.FoundUndone, practice.FoundTime, practice.FoundUnsafe, practice.FoundOther),
	values(practice.StopFormal, practice.StopRisk),
	values(practice.TieSame, practice.TieJoined),
	values(practice.TriageNew, practice.TriageSignificant, practice.TriageKept, practice.TriageNoted),
	values(practice.TriggerHarm, practice.TriggerNearMiss, practice.TriggerOther),
	values(practice.Avoidable, practice.Inherent, practice.Experiment, practice.KeptOpen, practice.Unknown),
	values(practice.WaitingReport, practice.WaitingMessage, practice.WaitingCorrection, practice.WaitingWithdrawal,
		practice.WaitingMisuse, practice.WaitingTold),
	values(app.AddedNew, app.AddedJoined, app.AddedHere, app.AddedBack),
	values(room.Own, room.Other, room.Spoken),
	values(measure.Names()...),
	values(measure.Few, measure.Healthy, measure.Decaying, measure.Unclear),
	values(practice.PortionNone, practice.PortionSome, practice.PortionMost, practice.PortionAll),
	values(measure.Rising, measure.Falling, measure.Level),
	id[practice.AnswerID]("ans"),
	id[practice.CarryID]("cry"),
	id[practice.ConflictID]("cft"),
	id[practice.ConstraintID]("con"), id[practice.AssumptionID]("asm"), id[practice.AssumptionUseID]("asu"),
	id[practice.DeviceID]("dev"),
	id[practice.FactID]("fct"),
	id[practice.FailureID]("flr"),
	id[practice.FileID]("fil"),
	id[practice.FindingID]("fnd"), id[practice.NewcomerID]("new"),
	id[practice.GapID]("gap"),
	id[practice.GroupID]("grp"),
	id[practice.PartyID]("pty"),
	id[practice.KnockID]("knk"),
	id[practice.LinkID]("lnk"),
	id[practice.MemberID]("mem"),
	id[practice.MessageID]("msg"),
	id[practice.MisuseID]("mis"),
	id[practice.NoticeID]("ntc"),
	id[practice.PassID]("pas"),
	id[practice.PlanID]("pln"),
	id[practice.PulseID]("pls"),
	id[practice.MonitorID]("mon"),
	id[practice.CycleID]("cyc"),
	id[practice.PauseID]("pse"),
	id[practice.AlarmID]("alm"),
	id[practice.ProcedureID]("prc"),
	id[practice.ProposedID]("prp"),
	id[practice.OfferID]("ofr"),
	id[practice.ReviewID]("rev"),
	id[practice.SafeguardID]("sfg"),
	id[practice.StepID]("stp"),
	id[practice.TeamID]("tea"),
	id[practice.TokenID]("tok"),
}

// described is a type with what stands in for it in the description.
type described struct {
	of, as reflect.Type
	schema huma.Schema
}

// values describes a type that has these values and no others.
func values[T ~string](all ...T) described {
	s := huma.Schema{Type: huma.TypeString, Examples: []any{string(all[0])}}
	for _, v := range all {
		s.Enum = append(s.Enum, string(v))
	}
	return described{reflect.TypeFor[T](), reflect.TypeFor[kind[T]](), s}
}

// id describes ids by one of them.
func id[T ~string](prefix string) described {
	return described{reflect.TypeFor[T](), reflect.TypeFor[kind[T]](),
		huma.Schema{Type: huma.TypeString, Examples: []any{prefix + "_01khvcxa5fe0qsz2m2g1mcnbkd"}}}
}

// kind stands in for a type of the practice, which knows nothing of the API.
type kind[T ~string] string

// Schema is the description itself.
func (kind[T]) Schema(huma.Registry) *huma.Schema {
	s := kinds[slices.IndexFunc(kinds, func(d described) bool { return d.of == reflect.TypeFor[T]() })].schema
	s.PrecomputeMessages()
	return &s
}

// moment stands in for a time.
type moment string

// Schema is the description itself.
func (moment) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Format: "date-time",
		Examples: []any{time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC).Format(time.RFC3339)}}
	s.PrecomputeMessages()
	return s
}
