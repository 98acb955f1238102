#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/exit_source.hpp"
#include "geo/indicator.hpp"
#include "geo/records.hpp"
#include "geo/text.hpp"

namespace battlemap::geo {

struct Dataset;

std::string_view exit_subject_id(ExitSubject subject);
/// 贫困户, 贫困村, 贫困县.
const Text& exit_subject_name(ExitSubject subject);

enum class Comparison : std::uint8_t { less, at_most, more, at_least, equal };
/// As people read it: "<", "≤", ">", "≥", "=".
std::string_view comparison_sign(Comparison comparison);
bool holds(Comparison comparison, double value, double threshold);

/// Not applicable: the criterion (or all of them) does not concern this household or place.
enum class Judgement : std::uint8_t { pass, fail, unknown, not_applicable };
inline constexpr int judgement_count = 4;
std::string_view judgement_id(Judgement judgement);  ///< "pass", "fail", "unknown", "not_applicable"
const Text& judgement_name(Judgement judgement);     ///< 达标, 不达标, 无法判断, 不适用

/// One binding indicator: a row of criteria/{household,village,county}.toml.
struct Criterion {
  std::string id;
  Text name;
  // Exactly one of these says where the value is from.
  std::string indicator;  ///< village, county: id of indicators.toml
  std::string field;      ///< household: field of the record, a number or yes_no
  std::string facility;   ///< village: how many facilities of this category the village has by that year
  Comparison comparison = Comparison::at_least;
  double threshold = 0;
  std::map<int, double> thresholds;   ///< by year, instead of `threshold`
  std::optional<Level> threshold_of;  ///< the threshold is the same indicator's value of the ancestor there
  Text unit;
  int decimals = 0;
  Text note;              ///< where the threshold comes from
  int line = 0;           ///< in the file, for messages
  /// Of a year: its own line, else the latest before it. nullopt: none so early, or `threshold_of`.
  std::optional<double> threshold_in(int year) const;
};

/// One file of criteria.
struct CriteriaTable {
  ExitSubject subject = ExitSubject::household;
  std::filesystem::path file;
  std::string applies_to;  ///< village, county: judged where this indicator is above 0; empty: everywhere
  std::string recorded;    ///< field (household) or indicator: the year in which the exit is recorded
  std::vector<Criterion> criteria;
};
/// Throws Error with file, line, key and the nearest known one.
CriteriaTable read_criteria(const std::filesystem::path& toml, ExitSubject subject);

struct CriterionResult {
  double value = 0;      ///< meaningful when status is value
  double threshold = 0;  ///< NaN: none known for that year or place
  Status status = Status::no_data;  ///< of the value
  Judgement result = Judgement::unknown;
  bool has_value() const { return status == Status::value; }
};

/// One household, village or county in one year.
struct ExitJudgement {
  std::uint32_t subject = npos;  ///< household: row; village, county: index in the tree's level
  std::optional<int> recorded;   ///< recorded exit year when it is <= the year judged
  Judgement judged = Judgement::unknown;  ///< fail if any fails, else unknown if any is, else pass
  std::int8_t deciding = -1;     ///< the first criterion that fails, else the first unknown; -1: none
  bool contradicted() const { return recorded && judged == Judgement::fail; }
};

/// How many; nullopt where the number is hidden from the audience.
using ExitCount = std::optional<std::size_t>;

/// Recorded exits beside the judgement: confirmed when it is pass, contradicted when it is fail.
struct ExitAccuracy {
  ExitCount recorded = 0, confirmed = 0, contradicted = 0, unknown = 0;
  /// Of the exits that can be told, how many are right: the denominator of percent().
  ExitCount told() const;
  /// confirmed / told * 100; nullopt when nothing can be told or a part is hidden.
  std::optional<double> percent() const;
};

/// All judgements of one subject, in one flat table: 160,000 households are usual.
struct ExitTable {
  CriteriaTable table;
  std::vector<ExitJudgement> judgements;  ///< ascending `subject`; empty where the audience gets counts only
  std::vector<CriterionResult> results;   ///< of judgement i: those from i * criteria().size() on
  std::array<ExitCount, judgement_count> judged{0, 0, 0, 0};  ///< how many are pass, fail, unknown, not applicable
  ExitCount missed = 0;       ///< pass, though no exit is recorded
  ExitAccuracy accuracy;      ///< of all exits recorded up to the year
  ExitAccuracy of_the_year;   ///< of those recorded in the year alone

  const std::vector<Criterion>& criteria() const { return table.criteria; }
  std::span<const CriterionResult> results_of(std::size_t i) const {
    return std::span(results).subspan(i * criteria().size(), criteria().size());
  }
  /// The judgement of a household's row, or of a place's index in its level; nullopt when it has none.
  std::optional<std::size_t> find(std::uint32_t subject) const;
};

struct ExitResults {
  int year = 0;
  std::array<ExitTable, exit_subject_count> tables;
  const ExitTable& operator[](ExitSubject subject) const { return tables[static_cast<std::size_t>(subject)]; }
};

/// The project's three tables; a file that is not there gives a table without criteria.
std::array<CriteriaTable, exit_subject_count> read_criteria_tables(const std::filesystem::path& folder);
/// Whether a project has any of them: without, no exit can be judged.
bool has_criteria(const std::filesystem::path& folder);
/// The three, for who cannot do without: throws Error when there is no criterion at all.
std::array<CriteriaTable, exit_subject_count> require_criteria_tables(const std::filesystem::path& folder);

/// Judges every household, village and county within `place` (invalid: everything) at the end of `year`.
/// Villages and counties: those to which the table applies. Deterministic. Throws Error when a table names
/// an indicator, field or facility that does not exist.
ExitResults judge_exits(const Dataset& dataset, DivisionRef place, int year);

}  // namespace battlemap::geo
