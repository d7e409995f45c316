# Writes vectors.txt: Rscript vectors.R > vectors.txt, with R 4.2.2 and its package
# survival. Each line is a name, what goes in, and after "=" what comes out.
library(survival)
out <- function(name, inn, res) cat(name, inn, "=", formatC(res, digits = 10, format = "g"), "\n")

for (kn in list(c(0,3), c(3,3), c(0,5), c(3,5), c(5,5), c(4,8), c(7,8), c(8,10), c(10,10), c(12,12), c(16,20), c(24,30), c(40,50), c(117,400)))
  out("wilson", kn, prop.test(kn[1], kn[2], conf.level = .9, correct = FALSE)$conf.int)

for (kn in list(c(3,4), c(4,5), c(5,6), c(4,6), c(6,10), c(7,10), c(30,200)))
  out("above", c(kn, .5), pbeta(.5, 1 + kn[1], 1 + kn[2] - kn[1], lower.tail = FALSE))
for (kn in list(c(0,5), c(0,6), c(1,10)))
  out("above", c(kn, .25), pbeta(.25, 1 + kn[1], 1 + kn[2] - kn[1], lower.tail = FALSE))

over <- function(k, n, k0, n0) integrate(function(p) dbeta(p, 1 + k, 1 + n - k) * pbeta(p, 1 + k0, 1 + n0 - k0), 0, 1, rel.tol = 1e-11)$value
for (v in list(c(8,10,4,10), c(7,10,5,10), c(1,9,9,13), c(6,9,2,11), c(50,120,60,110)))
  out("over", v, over(v[1], v[2], v[3], v[4]))

# Newcombe's interval from R's own two score intervals.
for (v in list(c(8,10,4,10), c(56,70,48,80), c(0,10,0,12), c(10,10,0,12), c(3,5,9,30))) {
  a <- prop.test(v[1], v[2], conf.level = .9, correct = FALSE)$conf.int
  b <- prop.test(v[3], v[4], conf.level = .9, correct = FALSE)$conf.int
  p <- v[1] / v[2]; q <- v[3] / v[4]
  out("newcombe", v, c(p - q - sqrt((p - a[1])^2 + (b[2] - q)^2), p - q + sqrt((a[2] - p)^2 + (q - b[1])^2)))
}

for (k in c(0, 1, 2, 5, 12, 60)) out("poisson", k, poisson.test(k, conf.level = .9)$conf.int)

# Ranks of the order statistics, and how sure their interval is.
for (n in c(5, 6, 8, 12, 13, 20, 41)) {
  r <- 1
  while (1 - 2 * pbinom(r, n, .5) >= .9) r <- r + 1
  out("rank", n, c(r, 1 - 2 * pbinom(r - 1, n, .5)))
}

# Spells: how long, and whether they are over. Freireich's 21 patients under 6-MP first.
curves <- list(
  list(c(6,6,6,6,7,9,10,10,11,13,16,17,19,20,22,23,25,32,32,34,35), c(1,1,1,0,1,0,1,0,0,1,1,0,0,0,1,1,0,0,0,0,0)),
  list(c(22,48,61,61,97,143,143,188,233,300,301), c(1,1,0,1,1,1,0,1,0,1,0)),
  list(c(5,5,8,12,20,31), c(1,1,1,0,1,0)))
for (v in curves) {
  s <- survfit(Surv(v[[1]], v[[2]]) ~ 1, conf.type = "log-log", conf.int = .9)
  q <- quantile(s, .5)
  inn <- paste(paste(v[[1]], v[[2]], sep = ":"), collapse = " ")
  for (i in seq_along(s$time)) out("survival", inn, c(s$time[i], s$n.risk[i], s$n.event[i], s$surv[i], s$lower[i], s$upper[i]))
  out("median", inn, c(q$quantile, q$lower, q$upper))
}
