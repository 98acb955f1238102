#include "render/record_parts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "geo/nearest.hpp"
#include "render/label_text.hpp"

namespace battlemap::render {
namespace {

using geo::FieldType;
using geo::RecordKind;
using geo::Status;
using Rows = std::vector<std::uint32_t>;
using Part = RecordParts::Part;

constexpr double finished = 99.5;  // per cent of a project

struct Derived {
  std::string_view id;
  std::vector<RecordKind> kinds;  ///< empty: all
};
const std::vector<Derived>& derived_fields() {
  static const std::vector<Derived> all{{"state", {RecordKind::household, RecordKind::project}},
                                        {"pairing", {RecordKind::household}},
                                        {"judgement", {RecordKind::household}},
                                        {"place", {}}};
  return all;
}

bool is_derived(RecordKind kind, std::string_view field) {
  return std::any_of(derived_fields().begin(), derived_fields().end(), [&](const Derived& d) {
    return d.id == field && (d.kinds.empty() || std::find(d.kinds.begin(), d.kinds.end(), kind) != d.kinds.end());
  });
}

/// Fills the parts of records one by one.
class Sorter {
 public:
  Sorter(RecordParts& out, std::size_t records) : out_(out) {
    out_.begin.reserve(records + 1), out_.part.reserve(records);
  }
  void in(std::size_t part) { out_.part.push_back(static_cast<std::uint32_t>(part)); }
  void done() { out_.begin.push_back(static_cast<std::uint32_t>(out_.part.size())); }
  void only(std::size_t part) { in(part), done(); }
  /// A part for what has no value, made when first met.
  std::size_t none(Status status) {
    const auto at = static_cast<std::size_t>(status);
    if (none_[at] == 0) {
      out_.parts.push_back(part_of(status));
      none_[at] = out_.parts.size();
    }
    return none_[at] - 1;
  }

 private:
  static Part part_of(Status status) {
    if (status == Status::masked) return {"masked", {"不公开", "Withheld"}, true};
    if (status == Status::not_applicable) return {"not_applicable", {"不适用", "Not applicable"}, true};
    return {"unknown", {"未填报", "Not stated"}, true};
  }
  RecordParts& out_;
  std::array<std::size_t, 8> none_{};  ///< index + 1
};

/// A part for each category of the field's set; returns the field's column, null when no source has it.
const geo::RecordTable::Column* add_category_parts(const Board& board, const geo::RecordTable& table,
                                               const geo::FieldSchema& field, RecordParts& out) {
  for (const geo::Category& entry : board.records.set(field.set).entries)
    out.parts.push_back({entry.id, entry.name});
  return table.column(field.id);
}

void part_by_category(const Board& board, const geo::RecordTable& table, const geo::FieldSchema& field,
                      const Rows& rows, RecordParts& out) {
  Sorter sorter(out, rows.size());
  const geo::RecordTable::Column* column = add_category_parts(board, table, field, out);
  for (const std::uint32_t row : rows) {
    const Status status = column == nullptr ? Status::no_data : column->status[row];
    sorter.only(status == Status::value ? column->categories[row] : sorter.none(status));
  }
}

void part_by_flags(const Board& board, const geo::RecordTable& table, const geo::FieldSchema& field,
                   const Rows& rows, RecordParts& out) {
  out.several = true;
  const std::size_t entries = board.records.set(field.set).entries.size();
  Sorter sorter(out, rows.size());
  const geo::RecordTable::Column* column = add_category_parts(board, table, field, out);
  for (const std::uint32_t row : rows) {
    const Status status = column == nullptr ? Status::no_data : column->status[row];
    if (status != Status::value) sorter.in(sorter.none(status));
    if (status == Status::value)
      for (std::size_t i = 0; i < std::min<std::size_t>(entries, 64); ++i)
        if ((column->flags[row] >> i & 1U) != 0) sorter.in(i);
    sorter.done();
  }
}

Part year_part(int year) {
  if (year == geo::not_yet) return {"not_yet", {"尚未", "Not yet"}};
  return {std::to_string(year), {fmt::format("{} 年", year), std::to_string(year)}};
}

/// An exit after the year shown has not happened yet.
void part_by_year(const geo::RecordTable& table, const geo::FieldSchema& field, int shown, const Rows& rows,
                  RecordParts& out) {
  const geo::RecordTable::Column* column = table.column(field.id);
  const auto value = [&](std::uint32_t row) {
    const int year = static_cast<int>(column->numbers[row]);
    return field.id == "exit_year" && year > shown ? geo::not_yet : year;
  };
  std::map<int, std::size_t> years;
  if (column != nullptr)
    for (const std::uint32_t row : rows)
      if (column->status[row] == Status::value) years[value(row)] = 0;
  for (auto& [year, part] : years) part = out.parts.size(), out.parts.push_back(year_part(year));
  Sorter sorter(out, rows.size());
  for (const std::uint32_t row : rows) {
    const Status status = column == nullptr ? Status::no_data : column->status[row];
    sorter.only(status == Status::value ? years.at(value(row)) : sorter.none(status));
  }
}

void part_by_yes_no(const geo::RecordTable& table, const geo::FieldSchema& field, int year, const Rows& rows,
                    RecordParts& out) {
  out.parts = {{"yes", {"是", "Yes"}}, {"no", {"否", "No"}}};
  Sorter sorter(out, rows.size());
  const geo::RecordTable::Column* column = table.column(field.id, field.yearly ? year : 0);
  for (const std::uint32_t row : rows) {
    const Status status = column == nullptr ? Status::no_data : column->status[row];
    if (status != Status::value)
      sorter.only(sorter.none(status));
    else
      sorter.only(column->numbers[row] != 0 ? 0 : 1);
  }
}

/// By what a text field refers to, or by the text itself; in the order of first appearance's row.
void part_by_text(const Board& board, const geo::RecordTable& table, const geo::FieldSchema& field,
                  const Rows& rows, RecordParts& out) {
  std::map<std::string, std::size_t> known;
  for (const std::uint32_t row : rows) known.emplace(table.text(field.id, row), 0);
  known.erase("");
  for (auto& [id, part] : known) {
    part = out.parts.size();
    std::string label = id;
    if (field.refers) {
      const geo::RecordTable& to = board.records[*field.refers];
      if (const auto row = to.find(id); row && geo::find_field(*field.refers, "name") != nullptr)
        if (const auto name = to.text("name", *row); !name.empty()) label = name;
    }
    out.parts.push_back({id, {label, {}}});
  }
  Sorter sorter(out, rows.size());
  for (const std::uint32_t row : rows) {
    const std::string id(table.text(field.id, row));
    sorter.only(id.empty() ? sorter.none(table.status(field.id, row)) : known.at(id));
  }
}

void part_by_field(const Board& board, const geo::RecordTable& table, const geo::FieldSchema& field,
                   const Rows& rows, RecordParts& out) {
  switch (field.type) {
    case FieldType::category:
      return part_by_category(board, table, field, rows, out);
    case FieldType::flags:
      return part_by_flags(board, table, field, rows, out);
    case FieldType::year:
      return part_by_year(table, field, board.year, rows, out);
    case FieldType::yes_no:
      return part_by_yes_no(table, field, board.year, rows, out);
    case FieldType::text:
    case FieldType::number:
      return part_by_text(board, table, field, rows, out);
  }
}

void part_by_state(const Board& board, const geo::RecordTable& table, const Rows& rows, RecordParts& out) {
  const bool household = table.kind == RecordKind::household;
  out.name = {"状态", "State"};
  if (household) {
    out.parts.push_back({"poor", {"未脱贫", "Still poor"}});
    out.parts.push_back({"exited", {"已脱贫", "Out of poverty"}});
  } else {
    out.parts.push_back({"undone", {"在建", "Under way"}});
    out.parts.push_back({"done", {"已完工", "Finished"}});
  }
  const std::string_view field = household ? "exit_year" : "progress";
  Sorter sorter(out, rows.size());
  for (const std::uint32_t row : rows) {
    const Status status = table.status(field, row, board.year);
    if (household ? status == Status::masked : status != Status::value)
      sorter.only(sorter.none(status));
    else if (household)
      sorter.only(has_exited(table, row, board.year) ? 1 : 0);
    else
      sorter.only(table.number(field, row, board.year).value_or(0) >= finished ? 1 : 0);
  }
}

void part_by_pairing(const Board& board, const Rows& rows, RecordParts& out) {
  out.name = {"结对", "Paired"};
  out.parts = {{"paired", {"有帮扶人", "With a helper"}}, {"unpaired", {"无帮扶人", "With nobody"}}};
  const auto cadres = geo::paired_cadres(board.records, rows);
  Sorter sorter(out, rows.size());
  for (const auto& each : cadres) sorter.only(each.empty() ? 1 : 0);
}

/// A household that nobody judged cannot be told.
void part_by_judgement(const Board& board, const Rows& rows, RecordParts& out) {
  out.name = {"退出判定", "Exit judgement"};
  for (int j = 0; j < geo::judgement_count; ++j) {
    const auto judgement = static_cast<geo::Judgement>(j);
    out.parts.push_back({std::string(geo::judgement_id(judgement)), geo::judgement_name(judgement)});
  }
  Sorter sorter(out, rows.size());
  for (const std::uint32_t row : rows) {
    const geo::ExitJudgement* judged = judgement_of(board, row);
    sorter.only(static_cast<std::size_t>(judged == nullptr ? geo::Judgement::unknown : judged->judged));
  }
}

/// Divisions one level below the place.
void part_by_division(const Board& board, const geo::RecordTable& table, const Rows& rows, RecordParts& out) {
  const geo::DivisionTree& tree = board.scene.tree();
  const bool all = !board.place.valid();
  const geo::Level level = all ? geo::Level::province : level_below(board.place.level);
  const auto [first, last] =
      all ? std::pair{0U, static_cast<std::uint32_t>(tree.at(level).size())} : tree.descendants(board.place, level);
  static const std::array<const char*, geo::level_count> names{"Province", "Prefecture", "County", "Township",
                                                               "Village"};
  out.name = {std::string(geo::level_name_zh(level)), names[static_cast<std::size_t>(level)]};
  for (std::uint32_t i = first; i < last; ++i) {
    const geo::Division& division = tree.at(level)[i];
    out.parts.push_back({division.code.text(), {label_name(division.name, level), {}}});
  }
  Sorter sorter(out, rows.size());
  for (const std::uint32_t row : rows) {
    const geo::DivisionRef place = table.places[row];
    const bool placed = place.valid() && place.level >= level;
    sorter.only(placed ? tree.ancestor(place, level).index - first : sorter.none(Status::no_data));
  }
}

}  // namespace

bool has_exited(const geo::RecordTable& households, std::uint32_t row, int year) {
  return households.number("exit_year", row).value_or(geo::not_yet) <= year;
}

const geo::ExitJudgement* judgement_of(const Board& board, std::uint32_t row) {
  const geo::ExitResults* exits = board.scene.atlas.dataset.exits_of(board.year);
  if (exits == nullptr) return nullptr;
  const geo::ExitTable& households = (*exits)[geo::ExitSubject::household];
  const auto at = households.find(row);
  return at ? &households.judgements[*at] : nullptr;
}

std::vector<std::uint32_t> rows_of(const Board& board, RecordKind kind) {
  if (kind == RecordKind::household) return board.households;
  const auto [first, last] = geo::rows_within(board.scene.tree(), board.records[kind], board.place);
  Rows rows(last - first);
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

RecordParts record_parts(const Board& board, RecordKind kind, const Rows& rows, std::string_view field) {
  RecordParts out;
  const geo::RecordTable& table = board.records[kind];
  if (!table.loaded) {
    if (const geo::FieldSchema* schema = geo::find_field(kind, field)) out.name = schema->name;
    return out;
  }
  if (field == "state" && is_derived(kind, field)) {
    part_by_state(board, table, rows, out);
  } else if (field == "pairing" && is_derived(kind, field)) {
    part_by_pairing(board, rows, out);
  } else if (field == "judgement" && is_derived(kind, field)) {
    part_by_judgement(board, rows, out);
  } else if (field == "place") {
    const bool village = board.place.valid() && board.place.level == geo::Level::village;
    const geo::FieldSchema* group = village ? geo::find_field(kind, "group") : nullptr;
    if (group != nullptr) out.name = group->name;
    if (group != nullptr) part_by_text(board, table, *group, rows, out);
    if (!village) part_by_division(board, table, rows, out);
  } else {
    const geo::FieldSchema& schema = geo::require_field(kind, field);
    out.name = schema.name;
    part_by_field(board, table, schema, rows, out);
  }
  return out;
}

void check_part_field(RecordKind kind, std::string_view field) {
  if (is_derived(kind, field)) return;
  std::vector<std::string> known;
  for (const geo::FieldSchema& each : geo::record_schema(kind)) {
    if (each.id == field) return;
    known.emplace_back(each.id);
  }
  for (const Derived& each : derived_fields())
    if (is_derived(kind, each.id)) known.emplace_back(each.id);
  geo::fail_unknown(fmt::format("field of {}", geo::record_kind_name(kind).en), field, known);
}

}  // namespace battlemap::render
