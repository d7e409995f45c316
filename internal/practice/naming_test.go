package practice

import "testing"

func TestNamesAnyone(t *testing.T) {
	people := []Member{{Name: "Ana Ruiz"}, {Name: "Bo Larsen"}, {Name: "Noël"}, {Name: "Will Okafor"}, {Name: "Mark"}, {Name: "Rose Tan"},
		{Name: "Van Nguyen"}, {Name: "the new one"}, {Name: "van der Berg"}, {Name: "ines"}, {Name: "王小明"}, {Name: ""}}
	for _, named := range []string{
		"Ana forgot the key",
		"the key was with Ana.",
		"ask Bo Larsen",
		"Noël's van",
		"An Analog clock, and Ana",
		"We waited. Mark had the list.",
		"The list was Mark's",
		"- Rose: 12 doors",
		"“Will said so.”",
		"ask Will about the van",
		"Will Okafor, the driver",
		"Van and I loaded it",
		"give it to the new one",
		"van der Berg drove",
		"the key was with 王小明",
		"Mark",
	} {
		if !NamesAnyone(named, people) {
			t.Errorf("%q names somebody", named)
		}
	}
	for _, free := range []string{
		"",
		"Analysis of the bananas",
		"Bo ran out", // too short to be sure
		"the person at the door, at noël",
		"the van",
		"The van left at ten",
		"puts up the new list",
		"Will the van be there by noon?",
		"will be loaded by ten",
		"Mark the boxes that are short. Mark every one.",
		"1. Mark each box",
		"There was a mark on the rose",
		"We used mark-up, and Mark-up again",
		"Rose-coloured glasses",
		"It was Marked as done",
		"at the vanishing point, in the newest list",
		"Will have to wait",
		"the lines were crossed, ines and outs",
	} {
		if NamesAnyone(free, people) {
			t.Errorf("%q names nobody", free)
		}
	}
}
