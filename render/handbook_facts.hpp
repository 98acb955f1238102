#pragma once
#include <optional>
#include <string>
#include <vector>

#include "render/handbook.hpp"

namespace battlemap::render {

/// What a handbook says of one household, in the words of its language; hidden values say so.
class HouseholdFacts {
 public:
  HouseholdFacts(const HandbookRequest& request, std::uint32_t row) : request_(request), row_(row) {}

  const geo::RecordTable& table() const { return request_.dataset.records[geo::RecordKind::household]; }
  std::uint32_t row() const { return row_; }
  int year() const { return request_.year; }

  /// A field as text without its unit: numbers grouped, categories by name, years as they are.
  std::string field(std::string_view id, int year = 0) const;
  /// True when the field has a value that the audience may see.
  bool has(std::string_view id, int year = 0) const;
  /// 青海省 › ... › 村 · 社.
  std::string address() const;
  bool is_out() const;            ///< exit recorded by the end of the year
  std::string exit_text() const;  ///< the year of exit; an exit after the year is not there yet
  /// Ids of the measures the household is in; nullopt: hidden or not known.
  std::optional<std::uint64_t> measures() const;

  struct Helper {
    std::string id, role, unit, since;
  };
  /// Helpers paired with the household; units without a cadre too.
  std::vector<Helper> helpers() const;

  const geo::ExitTable* judgements() const;  ///< null when exits were not judged
  std::optional<std::size_t> judgement() const;
  /// The income line of a year: the threshold of the criterion on field "income".
  std::optional<double> income_line(int year) const;

 private:
  std::string of(geo::RecordKind kind, std::string_view id, std::uint32_t row, int year = 0) const;
  geo::Language language() const {
    return request_.language == geo::Language::en ? geo::Language::en : geo::Language::zh;
  }

  const HandbookRequest& request_;
  std::uint32_t row_;
};

}  // namespace battlemap::render
