package practice

import (
	"encoding/binary"
	"io"
	"time"
)

// Ids are TypeIDs: a prefix that names the noun, an underscore and 26
// characters. Those of [NewID] begin with the millisecond and so sort by age;
// those of [NewBlindID] are random throughout, for whatever has no author and
// therefore must have no clock either.
type (
	FailureID       string // flr_
	FactID          string // fct_
	LinkID          string // lnk_
	ReviewID        string // rev_
	AnswerID        string // ans_, blind
	GapID           string // gap_
	ProcedureID     string // prc_
	StepID          string // stp_
	SafeguardID     string // sfg_
	ScarID          string // scr_
	ConstraintID    string // con_
	AssumptionID    string // asm_
	AssumptionUseID string // asu_
	FindingID       string // fnd_
	CarryID         string // cry_
	ConflictID      string // cft_, blind
	CycleID         string // cyc_
	PlanID          string // pln_
	MonitorID       string // mon_, blind
	MemberID        string // mem_
	TeamID          string // tea_
	GroupID         string // grp_
	PartyID         string // pty_
	NoticeID        string // ntc_
	TokenID         string // tok_
	DeviceID        string // dev_
	KnockID         string // knk_, blind
	PassID          string // pas_, blind
	FileID          string // fil_
	HoldID          string // hld_
	RedactionID     string // red_
	DispatchID      string // dsp_
	TabletID        string // tab_, blind
	MisuseID        string // mis_, blind
	PulseID         string // pls_, blind
	NewcomerID      string // new_, blind
	PauseID         string // pse_
	AlarmID         string // alm_
	ProposedID      string // prp_
	OfferID         string // ofr_
)

// crockford is the TypeID alphabet: no i, l, o or u.
const crockford = "0123456789abcdefghjkmnpqrstvwxyz"

// NewID makes an id that carries the millisecond of now (UUID version 7).
func NewID(prefix string, now time.Time, random io.Reader) string {
	var b [16]byte
	mustRead(random, b[:])
	ms := uint64(now.UnixMilli())
	binary.BigEndian.PutUint64(b[:8], ms<<16|uint64(b[6])<<8|uint64(b[7]))
	b[6] = 0x70 | b[6]&0x0f
	return stamp(prefix, b)
}

// NewBlindID makes an id that says nothing about when it was made (UUID
// version 4).
func NewBlindID(prefix string, random io.Reader) string {
	var b [16]byte
	mustRead(random, b[:])
	b[6] = 0x40 | b[6]&0x0f
	return stamp(prefix, b)
}

// stamp writes the 128 bits as 26 characters of five bits, the first of three.
func stamp(prefix string, b [16]byte) string {
	b[8] = 0x80 | b[8]&0x3f
	hi, lo := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	var out [26]byte
	for i := 25; i >= 0; i-- {
		out[i] = crockford[lo&31]
		lo = lo>>5 | hi<<59
		hi >>= 5
	}
	return prefix + "_" + string(out[:])
}

// mustRead fills b. A source of randomness that fails must stop the process:
// going on would hand out guessable ids.
func mustRead(random io.Reader, b []byte) {
	if _, err := io.ReadFull(random, b); err != nil {
		panic("practice: no randomness: " + err.Error())
	}
}
