# R's survey: the same with linearised errors and intervals. Rscript toplines.R SAMPLE.csv QUESTIONS OUT
suppressMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
asked <- sprintf("q%02d", seq_len(as.integer(arguments[2])))
groups <- c("region", "age", "sex", "education", "place")
sample <- read.csv(arguments[1])
sample[c(groups, asked)] <- lapply(sample[c(groups, asked)], factor)
# Clusters less strata that have anybody of a level: what degf() gives of the subset, in a fraction of its time.
degrees <- function(rows) length(unique(sample$cluster[rows])) - length(unique(sample$stratum[rows]))
# The t interval of the log odds, as svyciprop(method = "xlogit") has it; that takes a category at a time, and minutes.
logit <- function(share, se, df) {
  half <- qt(0.975, df) * se / (share * (1 - share))
  data.frame(low = plogis(qlogis(share) - half), high = plogis(qlogis(share) + half))
}
before <- proc.time()
everyone <- degrees(seq_len(nrow(sample)))
by_level <- lapply(sample[groups], function(levels) tapply(seq_along(levels), levels, degrees))
parts <- list()
for (name in asked) {
  # Few columns, as is fair: na.rm and domains copy the whole frame.
  design <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight,
                      data = sample[c("weight", "stratum", "cluster", groups, name)])
  codes <- levels(sample[[name]])
  whole <- svymean(reformulate(name), design)
  share <- as.vector(coef(whole))
  se <- as.vector(SE(whole))
  parts[[length(parts) + 1]] <- data.frame(key = paste0(name, "/", codes), share = share, se = se, logit(share, se, everyone))
  for (group in groups) {
    found <- svyby(reformulate(name), reformulate(group), design, svymean)
    df <- by_level[[group]][as.character(found[[group]])]
    for (place in seq_along(codes)) {
      share <- found[[1 + place]]
      se <- found[[1 + length(codes) + place]]
      parts[[length(parts) + 1]] <- data.frame(
        key = paste0(name, "/", codes[place], "/", group, "=", found[[group]]), share = share, se = se, logit(share, se, df))
    }
  }
}
used <- proc.time() - before
write.csv(do.call(rbind, parts), paste0(arguments[3], ".csv"), row.names = FALSE)
writeLines(sprintf('{"seconds": %f, "processor": %f}', used[["elapsed"]], used[["user.self"]] + used[["sys.self"]]),
           paste0(arguments[3], ".json"))
