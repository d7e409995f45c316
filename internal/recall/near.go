package recall

import (
	"math"
	"math/rand/v2"
)

// around is how many of the best documents the second part of a likeness looks
// at, and storylines how many directions it keeps of all they have in common.
const (
	around     = 128
	storylines = 32
)

// neighbourhood is how alike the best documents and the question are to each
// other, as cosines: the small matrix whose main directions are the stories
// that several of them tell.
type neighbourhood struct {
	size  int
	docs  []float64 // size by size
	asked []float64 // the question against each
}

// vector is a document's terms as numbered within a neighbourhood.
type vector struct {
	terms []uint32
	parts []int64 // impact times rarity: integers, so that sums are the same in any order
	rest  float64 // the square of what else it says, as a length
}

// neighbourhood compares the documents found and the question with each other.
func (x *Index) neighbourhood(ask question, found []candidate) neighbourhood {
	local := x.numbering()
	defer x.local.Put(local)
	vectors := make([]vector, len(found))
	for i, c := range found {
		v := vector{terms: make([]uint32, 0, len(c.doc.terms)), parts: make([]int64, 0, len(c.doc.terms))}
		for _, w := range c.doc.terms {
			n := local.number(w.term)
			if n == len(local.rarity) {
				local.rarity = append(local.rarity, int64(ask.others.rarity(w.term)))
			}
			v.add(uint32(n), int64(w.impact)*local.rarity[n])
		}
		vectors[i] = v
	}
	var question vector
	for _, t := range ask.terms {
		question.add(uint32(local.number(t.term)), int64(t.impact)*int64(t.rarity))
	}
	question.rest = ask.unmet
	return compare(vectors, question, len(local.met))
}

// numbering gives terms small numbers in the order they are met.
type numbering struct {
	numbers []uint32 // by term, one more than its number; 0 if it has none
	met     []uint32 // terms by number
	rarity  []int64  // by number
}

// numbering returns an empty one.
func (x *Index) numbering() *numbering {
	n, ok := x.local.Get().(*numbering)
	if !ok || len(n.numbers) < len(x.lists) {
		return &numbering{numbers: make([]uint32, len(x.lists)+len(x.lists)/4)}
	}
	for _, term := range n.met {
		n.numbers[term] = 0
	}
	n.met, n.rarity = n.met[:0], n.rarity[:0]
	return n
}

func (n *numbering) number(term uint32) int {
	if n.numbers[term] == 0 {
		n.met = append(n.met, term)
		n.numbers[term] = uint32(len(n.met))
	}
	return int(n.numbers[term]) - 1
}

func (v *vector) add(term uint32, part int64) {
	v.terms = append(v.terms, term)
	v.parts = append(v.parts, part)
}

// compare computes the cosines, term by term: most terms are in few documents.
func compare(vectors []vector, question vector, terms int) neighbourhood {
	type posting struct {
		doc  int
		part int64
	}
	lists := make([][]posting, terms)
	n := len(vectors)
	dots := make([]int64, n*n)
	for i, v := range vectors {
		for k, term := range v.terms {
			for _, p := range lists[term] {
				dots[i*n+p.doc] += v.parts[k] * p.part
			}
			dots[i*n+i] += v.parts[k] * v.parts[k]
			lists[term] = append(lists[term], posting{i, v.parts[k]})
		}
	}
	near := neighbourhood{size: n, docs: make([]float64, n*n), asked: make([]float64, n)}
	length := make([]float64, n)
	for i := range length {
		length[i] = math.Sqrt(float64(dots[i*n+i]))
	}
	for i := range n {
		for j := range i + 1 {
			cosine := float64(dots[i*n+j]) / (length[i] * length[j])
			near.docs[i*n+j], near.docs[j*n+i] = cosine, cosine
		}
	}
	own := question.rest
	against := make([]int64, n)
	for k, term := range question.terms {
		own += float64(question.parts[k] * question.parts[k])
		for _, p := range lists[term] {
			against[p.doc] += question.parts[k] * p.part
		}
	}
	for i := range against {
		near.asked[i] = float64(against[i]) / (length[i] * math.Sqrt(own))
	}
	return near
}

// likeness is the cosine of the question with each document in the main
// directions of the neighbourhood only. What one document alone talks about
// is thereby left out of the comparison, and words that go together in these
// documents count as alike.
func (near neighbourhood) likeness() []float64 {
	n := near.size
	out, lengths, own := make([]float64, n), make([]float64, n), 0.0
	for _, u := range near.directions() {
		strength, asked := dot(u, multiply(near.docs, u)), dot(u, near.asked)
		if strength < 1e-9 {
			continue
		}
		own += asked * asked / strength
		for i, part := range u {
			out[i] += float64(asked * part)
			lengths[i] += float64(strength * float64(part*part))
		}
	}
	for i := range out {
		out[i] /= math.Sqrt(lengths[i]*own) + 1e-9
	}
	return out
}

// directions returns the main directions (eigenvectors) of the neighbourhood.
// They are found by multiplying a fixed start with a high power of the matrix
// again and again, which leaves of it only what is strong.
func (near neighbourhood) directions() [][]float64 {
	n := near.size
	power := square(square(near.docs, n), n)
	random := rand.New(rand.NewPCG(1, 2))
	block := make([][]float64, min(storylines, n))
	for i := range block {
		block[i] = make([]float64, n)
		for j := range block[i] {
			block[i][j] = random.NormFloat64()
		}
	}
	for range 2 {
		for i, v := range block {
			block[i] = multiply(power, v)
		}
		block = orthogonal(block)
	}
	return block
}

// square multiplies a symmetric matrix with itself.
func square(m []float64, n int) []float64 {
	out := make([]float64, n*n)
	for i := range n {
		row := m[i*n : i*n+n]
		for j := range i + 1 {
			s := dot(row, m[j*n:j*n+n])
			out[i*n+j], out[j*n+i] = s, s
		}
	}
	return out
}

// multiply returns a symmetric matrix times a vector.
func multiply(m []float64, v []float64) []float64 {
	n := len(v)
	out := make([]float64, n)
	for i := range out {
		out[i] = dot(m[i*n:i*n+n], v)
	}
	return out
}

// dot is the product of two vectors, in four sums so that the processor need
// not wait for each addition. The conversions keep it from fusing them with the
// multiplications: fused, other machines would round differently.
func dot(a, b []float64) float64 {
	var s0, s1, s2, s3 float64
	for len(a) >= 4 && len(b) >= 4 {
		s0 += float64(a[0] * b[0])
		s1 += float64(a[1] * b[1])
		s2 += float64(a[2] * b[2])
		s3 += float64(a[3] * b[3])
		a, b = a[4:], b[4:]
	}
	for i, x := range a {
		s0 += float64(x * b[i])
	}
	return (s0 + s1) + (s2 + s3)
}

// orthogonal makes the vectors of a block independent of each other and of
// length one; those that depend on the ones before are left out.
func orthogonal(block [][]float64) [][]float64 {
	out := block[:0]
	for _, v := range block {
		before := math.Sqrt(dot(v, v))
		for range 2 {
			for _, u := range out {
				d := dot(u, v)
				for i := range v {
					v[i] -= float64(d * u[i])
				}
			}
		}
		length := math.Sqrt(dot(v, v))
		if length <= 1e-9*before {
			continue
		}
		for i := range v {
			v[i] /= length
		}
		out = append(out, v)
	}
	return out
}
