# R's survey: the same with linearised errors. Rscript toplines.R SAMPLE.csv QUESTIONS OUT
suppressMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
asked <- sprintf("q%02d", seq_len(as.integer(arguments[2])))
groups <- c("region", "age", "sex", "education", "place")
sample <- read.csv(arguments[1])
sample[c(groups, asked)] <- lapply(sample[c(groups, asked)], factor)
before <- proc.time()
parts <- list()
for (name in asked) {
  # Few columns, as is fair: na.rm and domains copy the whole frame.
  design <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight,
                      data = sample[c("weight", "stratum", "cluster", groups, name)])
  whole <- svymean(reformulate(name), design)
  parts[[length(parts) + 1]] <- data.frame(key = paste0(name, "/", levels(sample[[name]])), share = coef(whole), se = SE(whole))
  for (group in groups) {
    found <- svyby(reformulate(name), reformulate(group), design, svymean)
    codes <- levels(sample[[name]])
    for (place in seq_along(codes)) {
      parts[[length(parts) + 1]] <- data.frame(
        key = paste0(name, "/", codes[place], "/", group, "=", found[[group]]),
        share = found[[1 + place]], se = found[[1 + length(codes) + place]])
    }
  }
}
used <- proc.time() - before
write.csv(do.call(rbind, parts), paste0(arguments[3], ".csv"), row.names = FALSE)
writeLines(sprintf('{"seconds": %f, "processor": %f}', used[["elapsed"]], used[["user.self"]] + used[["sys.self"]]),
           paste0(arguments[3], ".json"))
