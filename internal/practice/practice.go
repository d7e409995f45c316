// Package practice is the pattern "Failure as Learning Accelerator" as nouns
// and rules: what a failure, a review, a gap, a procedure and a carry are, and
// what the practice allows.
//
// It imports the standard library only. It knows no clock, no database and no
// language: times and randomness are handed in, and a refusal is a code with
// arguments that package words turns into a sentence.
package practice
