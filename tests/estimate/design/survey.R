# What R's package survey (4.1-1) says of California's schools, which come with it. From Recount's folder:
#   Rscript tests/estimate/design/survey.R > tests/estimate/design/survey.csv
suppressMessages(library(survey))
data(api)

said <- function(name, ...) {
  values <- unlist(list(...), use.names = FALSE)
  cat(paste0(name, ",", seq_along(values), ",", formatC(values, digits = 15, format = "g")), sep = "\n")
}

# The share of the population below each answer, and half of those who gave the same: tied schools of unequal weights
# have one rank, while svyranktest averages theirs without weights.
rank_of <- function(y, w) sapply(y, function(v) (sum(w[y < v]) + sum(w[y == v]) / 2) / sum(w))

prepared <- function(x) {
  x$level <- cut(x$api00, c(0, 550, 700, 1000), labels = FALSE)
  x$rank <- rank_of(x$level, x$pw)
  x$no <- as.numeric(x$sch.wide == "No")
  x
}
apiclus1 <- prepared(apiclus1)
apistrat <- prepared(apistrat)
designs <- list(
  apiclus1 = svydesign(id = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc),
  apistrat = svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc)
)

for (name in names(designs)) {
  d <- designs[[name]]
  cat("name,place,value\n"[name == "apiclus1"])
  for (by in c("comp.imp", "stype")) {
    said_of <- function(what, ...) said(paste(name, what, by, sep = " "), ...)
    for (kind in c("F", "Chisq", "Wald", "adjWald")) {
      test <- svychisq(as.formula(paste("~level +", by)), d, statistic = kind)
      said_of(kind, test$statistic, test$parameter, test$p.value)
    }
    ranks <- regTermTest(svyglm(as.formula(paste("rank ~", by)), d), as.formula(paste("~", by)))
    said_of("ranks", ranks$Ftest, ranks$df, ranks$ddf, ranks$p)
  }
  t <- svyttest(rank ~ comp.imp, d)
  said(paste(name, "two ranks comp.imp"), t$statistic, t$parameter, t$p.value)
  t <- svyttest(no ~ comp.imp, d)
  said(paste(name, "difference comp.imp"), t$estimate, SE(svyglm(no ~ comp.imp, d))[2], t$parameter, t$p.value, confint(t))
}

# Two of three levels, by the contrast of svyby, and by svyttest of those in either.
d <- designs$apiclus1
said("apiclus1 contrast E:H", (function(b) c(coef(b), SE(b)))(svycontrast(svyby(~no, ~stype, d, svymean, covmat = TRUE), c(1, -1, 0))))
t <- svyttest(no ~ I(stype == "E"), subset(d, stype != "M"))
said("apiclus1 difference E:H", t$estimate, t$parameter, t$p.value, confint(t))
jackknife <- as.svrepdesign(d, type = "JK1")
said("apiclus1 JK1 contrast E:H", SE(svycontrast(svyby(~no, ~stype, jackknife, svymean, covmat = TRUE), c(1, -1, 0))))
test <- svychisq(~level + stype, jackknife)
said("apiclus1 JK1 F stype", test$statistic, test$parameter, test$p.value)

# Of three things that a school can have done: the share of mentions of one, a ratio of two totals.
ticked <- function(x) {
  x$wide <- as.numeric(x$sch.wide == "Yes")
  x$imp <- as.numeric(x$comp.imp == "Yes")
  x$won <- as.numeric(x$awards == "Yes")
  x$all <- x$wide + x$imp + x$won
  x
}
simple <- svydesign(id = ~1, weights = ~1, data = ticked(apistrat))
weighted <- svydesign(id = ~1, weights = ~pw, data = ticked(apistrat))
drawn <- list(apiclus1 = designs$apiclus1, apistrat = designs$apistrat)
drawn <- lapply(drawn, function(d) { d$variables <- ticked(d$variables); d })
for (name in c(names(drawn), "simple", "weighted")) {
  d <- c(drawn, list(simple = simple, weighted = weighted))[[name]]
  r <- svyratio(~imp, ~all, d)
  said(paste(name, "mentions"), coef(r), SE(r))
  r <- svyratio(~imp, ~all, subset(d, stype == "H"))
  said(paste(name, "mentions stype=H"), coef(r), SE(r))
}

# The interval of the likelihood as confint.svyglm defines it, from a fit that has converged, its ends solved for. svyciprop
# stops fitting at 1e-8, which leaves the design effect of the step before, and reads the ends off a spline.
exact <- list(epsilon = 1e-15, maxit = 100)
for (name in names(designs)) {
  d <- designs[[name]]
  m <- svyglm(no ~ 1, d, family = quasibinomial, control = exact)
  data <- transform(model.frame(d), w = weights(d) / mean(weights(d)))
  whole <- glm(no ~ 1, quasibinomial, data, weights = w, control = exact)
  limit <- qt(0.975, degf(d))^2 * m$cov.unscaled / m$naive.cov * summary(whole)$dispersion
  over <- function(q) glm(no ~ 0 + offset(rep(qlogis(q), nrow(data))), quasibinomial, data, weights = w)$deviance - whole$deviance - limit
  p <- coef(svymean(~no, d))
  said(paste(name, "likelihood"), uniroot(over, c(0.01, p), tol = 1e-14)$root, uniroot(over, c(p, 0.9), tol = 1e-14)$root)
}
