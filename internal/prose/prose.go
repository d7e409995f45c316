// Package prose turns Markdown into what Debrief works with, and back:
// procedures into steps without losing a byte, reviews written elsewhere into
// records, texts into safe HTML, plain words or a readable difference.
//
// It imports nothing that keeps or shows anything: text goes in, values come
// out. Refusals are codes that package words turns into sentences.
package prose
