#include "render/record_rows.hpp"

#include <algorithm>

#include "render/record_parts.hpp"

namespace battlemap::render {
namespace {

using geo::FieldType;
using geo::RecordKind;
using geo::Status;

constexpr double whole = 99.5;  // per cent: a project as good as finished

/// nullopt when there is no such column or no value.
std::optional<double> value_of(const geo::RecordTable& table, std::string_view field, std::uint32_t row,
                               int year = 0) {
  return table.number(field, row, year);
}

bool is_masked(const geo::RecordTable& table, std::string_view field, std::uint32_t row) {
  return table.status(field, row) == Status::masked;
}

/// Planned for a year that is past and not out by then, or out only later.
bool is_late_household(const geo::RecordTable& table, std::uint32_t row, int year) {
  const double planned = value_of(table, "planned_exit", row).value_or(geo::not_yet);
  const double actual = value_of(table, "exit_year", row).value_or(geo::not_yet);
  return planned <= year && actual > planned;
}

bool is_late_project(const geo::RecordTable& table, std::uint32_t row, int year) {
  return value_of(table, "end", row).value_or(geo::not_yet) <= year &&
         value_of(table, "progress", row, year).value_or(100) < whole;
}

bool names_any(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool flag_is_any(const geo::CategorySet& set, std::uint64_t flags, const std::vector<std::string>& ids) {
  for (std::size_t i = 0; i < set.entries.size() && i < 64; ++i)
    if ((flags >> i & 1U) != 0 && names_any(ids, set.entries[i].id)) return true;
  return false;
}

}  // namespace

RecordRows::RecordRows(const Board& b, const LayerSpec& s)
    : board(b), spec(s), table(b.records[s.records]), rows_(rows_of(b, s.records)) {
  std::erase_if(rows_, [&](std::uint32_t row) {
    return !std::all_of(spec.where.begin(), spec.where.end(),
                        [&](const RecordCondition& condition) { return meets(condition, row); });
  });
}

bool RecordRows::state_of_row(RecordState state, std::uint32_t row) const {
  const bool household = table.kind == RecordKind::household;
  switch (state) {
    case RecordState::none:
      return false;
    case RecordState::exited:
      return household && has_exited(table, row, board.year);
    case RecordState::poor:
      return household && !is_masked(table, "exit_year", row) && !has_exited(table, row, board.year);
    case RecordState::late:
      return household ? is_late_household(table, row, board.year) : is_late_project(table, row, board.year);
    case RecordState::paired:
    case RecordState::unpaired:
      return household &&
             geo::paired_cadres(board.records, {&row, 1}).front().empty() == (state == RecordState::unpaired);
    case RecordState::done:
      return value_of(table, "progress", row, board.year).value_or(0) >= whole;
    case RecordState::undone:
      return value_of(table, "progress", row, board.year).value_or(100) < whole;
    case RecordState::contradicted: {
      const geo::ExitJudgement* judged = household ? judgement_of(board, row) : nullptr;
      return judged != nullptr && judged->contradicted();
    }
  }
  return false;
}

bool RecordRows::meets(const RecordCondition& condition, std::uint32_t row) const {
  if (condition.field.empty()) return state_of_row(condition.state, row);
  const geo::FieldSchema& field = geo::require_field(table.kind, condition.field);
  switch (field.type) {
    case FieldType::category: {
      const auto entry = table.category(field.id, row);
      return entry && names_any(condition.is, board.records.set(field.set).entries[*entry].id);
    }
    case FieldType::flags:
      return flag_is_any(board.records.set(field.set), table.flags(field.id, row), condition.is);
    case FieldType::text:
      return names_any(condition.is, table.text(field.id, row));
    case FieldType::yes_no: {
      const auto value = table.number(field.id, row, board.year);
      return value && names_any(condition.is, *value != 0 ? "yes" : "no");
    }
    case FieldType::number:
    case FieldType::year:
      break;
  }
  const auto value = table.number(field.id, row, board.year);
  return value && *value >= condition.at_least.value_or(*value) &&
         *value <= condition.at_most.value_or(*value);
}

std::vector<std::uint32_t> RecordRows::cadres(std::size_t i) const {
  return geo::paired_cadres(board.records, {&rows_[i], 1}).front();
}

bool RecordRows::is(RecordState state, std::size_t i) const {
  const bool household = table.kind == RecordKind::household;
  if (household && state == RecordState::paired) return pairings()[i].paired;
  if (household && state == RecordState::unpaired) return !pairings()[i].paired;
  return state != RecordState::none && state_of_row(state, rows_[i]);
}

const std::vector<RecordRows::Pairing>& RecordRows::pairings() const {
  if (pairings_.size() == rows_.size()) return pairings_;
  const geo::RecordTable& all = board.records[RecordKind::cadre];
  const auto cadres = geo::paired_cadres(board.records, rows_);
  pairings_.reserve(rows_.size());
  for (const std::vector<std::uint32_t>& helpers : cadres) {
    Pairing& pairing = pairings_.emplace_back();
    pairing.paired = !helpers.empty();
    for (std::size_t k = 0; k < helpers.size() && pairing.unit == geo::npos; ++k)
      pairing.unit = geo::linked_row(all, "unit", helpers[k]).value_or(geo::npos);
  }
  return pairings_;
}

}  // namespace battlemap::render
