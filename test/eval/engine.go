package main

import (
	"debrief/internal/recall"
)

// engine is one way to search. It is asked with the id of the record that asks
// and returns the pool's ids, best first, that one perhaps among them.
type engine struct {
	name string
	ask  func(id, title, text string) []recall.Hit
}

// deep is how far down an answer is looked at.
const deep = 50

// similar asks our own index as the program asks it. The record that asks is
// in the index, as it is when somebody opens an earlier failure.
func similar(name string, x *recall.Index) engine {
	return engine{name, func(id, title, text string) []recall.Hit {
		return x.Similar(recall.Query{Title: title, Text: text, Limit: deep, Exclude: []string{id}})
	}}
}

// unseen asks an index that does not hold the record that asks, as it is when
// somebody has just reported something.
func unseen(name string, x *recall.Index, d data) engine {
	return engine{name, func(id, title, text string) []recall.Hit {
		x.Remove(id)
		defer x.Put(d.byID[id].doc())
		return x.Similar(recall.Query{Title: title, Text: text, Limit: deep})
	}}
}

// fill puts records into an index with the settings.
func fill(pool []record, s recall.Settings) *recall.Index {
	x := recall.NewWith(s)
	for _, r := range pool {
		x.Put(r.doc())
	}
	return x
}

func (r record) doc() recall.Doc {
	return recall.Doc{ID: r.ID, Kind: recall.Failure, Title: r.Title, Text: r.text()}
}

// engines are the yardsticks, our index with parts left out, and our index.
func (d data) engines() []engine {
	words, ideas := recall.Usual(), recall.Usual()
	words.Ideas, words.Near = 0, 0
	ideas.Near = 0
	full := fill(d.pool, recall.Usual())
	return []engine{
		newBM25("bm25, plain words", d.pool, plainWords, 0.25),
		newBM25("bm25, stems", d.pool, stemmedWords, 1),
		similar("words only", fill(d.pool, words)),
		similar("words and ideas", fill(d.pool, ideas)),
		unseen("debrief, just in", full, d),
		similar("debrief", full),
	}
}
