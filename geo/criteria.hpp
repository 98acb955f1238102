#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/indicator.hpp"
#include "geo/records.hpp"
#include "geo/text.hpp"

namespace battlemap::geo {

struct Dataset;

/// Who exits: each has its own table of criteria.
enum class ExitSubject : std::uint8_t { household, village, county };
inline constexpr int exit_subject_count = 3;
std::string_view exit_subject_id(ExitSubject subject);

enum class Comparison : std::uint8_t { less, at_most, more, at_least, equal };
enum class Judgement : std::uint8_t { pass, fail, unknown };
std::string_view judgement_id(Judgement judgement);  ///< "pass", "fail", "unknown"

/// One binding indicator: a row of criteria/{household,village,county}.toml.
struct Criterion {
  std::string id;
  Text name;
  // Exactly one of these says where the value is from.
  std::string indicator;  ///< village, county: id of indicators.toml
  std::string field;      ///< household: field of the record
  std::string facility;   ///< village: how many facilities of this category the village has in that year
  Comparison comparison = Comparison::at_least;
  double threshold = 0;
  std::optional<Level> threshold_of;  ///< the threshold is the same indicator's value of the ancestor there
  Text unit;
  int decimals = 0;
  Text note;              ///< where the threshold comes from
};
/// Throws Error with file, line, key and the nearest known one.
std::vector<Criterion> read_criteria(const std::filesystem::path& toml, ExitSubject subject);

struct CriterionResult {
  Judgement result = Judgement::unknown;
  std::optional<double> value;
  double threshold = 0;
};

/// One household, village or county in one year.
struct ExitJudgement {
  std::uint32_t subject = npos;       ///< household: row; village, county: index in the tree's level
  std::optional<int> recorded;        ///< recorded exit year when it is <= the year judged
  Judgement judged = Judgement::unknown;  ///< fail if any fails, else unknown if any is, else pass
  std::vector<CriterionResult> criteria;
  int deciding = -1;                  ///< the first criterion that fails, else the first unknown; -1: pass
  bool wrongly_recorded() const { return recorded && judged == Judgement::fail; }
};

/// Of the recorded exits, how many meet the criteria.
struct ExitAccuracy {
  std::size_t recorded = 0, confirmed = 0, contradicted = 0, unknown = 0;
  /// confirmed / (confirmed + contradicted) * 100; nullopt when nothing can be told.
  std::optional<double> percent() const;
};

struct ExitResults {
  int year = 0;
  std::array<std::vector<Criterion>, exit_subject_count> criteria;
  std::array<std::vector<ExitJudgement>, exit_subject_count> judged;  ///< households by row, places by code
  std::array<ExitAccuracy, exit_subject_count> accuracy;
};

/// Judges every household, village and county within `place` (invalid: everything) at the end of `year`.
/// Villages and counties: those to which it applies (recorded as poor at the start). Deterministic.
ExitResults judge_exits(const Dataset& dataset, DivisionRef place, int year);

}  // namespace battlemap::geo
