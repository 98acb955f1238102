#pragma once
#include <span>

#include "geo/criteria.hpp"

namespace battlemap::geo {

/// Value beside threshold: unknown without either of them, not applicable where the value is.
Judgement judge(const Criterion& criterion, const CriterionResult& reading);

/// What a subject's criteria say together.
struct Verdict {
  Judgement judged = Judgement::not_applicable;
  std::int8_t deciding = -1;
};
/// Fail beats unknown, unknown beats pass; criteria that are not applicable say nothing.
Verdict decide(std::span<const CriterionResult> results);

/// Sets the counts of a table from its judgements in `year`.
void count_judgements(ExitTable& table, int year);

}  // namespace battlemap::geo
