#include "render/record_words.hpp"

#include <cmath>

namespace battlemap::render {
namespace {

using geo::FieldType;
using geo::Status;

std::string category_text(const Board& board, const geo::FieldSchema& field, const geo::RecordTable& table,
                          std::uint32_t row) {
  const auto entry = table.category(field.id, row);
  return entry ? said(board.scene, board.records.set(field.set).entries[*entry].name) : "";
}

std::string flags_text(const Board& board, const geo::FieldSchema& field, const geo::RecordTable& table,
                       std::uint32_t row) {
  const std::uint64_t flags = table.flags(field.id, row);
  const auto& entries = board.records.set(field.set).entries;
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(entries.size(), 64); ++i)
    if ((flags >> i & 1U) != 0) {
      if (!text.empty()) text += board.scene.english_only() ? ", " : "、";
      text += board.scene.text(entries[i].name);
    }
  return text;
}

std::string number_text(const Board& board, const geo::FieldSchema& field, double value) {
  if (field.type == FieldType::yes_no) return said(board.scene, value != 0 ? geo::Text{"是", "Yes"} : geo::Text{"否", "No"});
  if (field.type != FieldType::year) return geo::format_number(value, value == std::floor(value) ? 0 : 1);
  const int year = static_cast<int>(value);
  return year == geo::not_yet ? said(board.scene, {"尚未", "Not yet"}) : std::to_string(year);
}

std::string missing_text(const Board& board, Status status) {
  if (status == Status::masked) return said(board.scene, {"不公开", "Withheld"});
  if (status == Status::not_applicable) return said(board.scene, {"不适用", "n/a"});
  return said(board.scene, {"未填报", "Not stated"});
}

}  // namespace

std::string said(const Scene& scene, const geo::Text& text) {
  if (!scene.both() || text.en.empty() || text.en == text.zh) return scene.text(text);
  return text.zh.empty() ? text.en : text.zh + " " + text.en;
}

std::string field_text(const Board& board, geo::RecordKind kind, std::string_view id, std::uint32_t row) {
  const geo::RecordTable& table = board.records[kind];
  const geo::FieldSchema& field = geo::require_field(kind, id);
  const int year = field.yearly ? board.year : 0;
  if (table.status(id, row, year) != Status::value) return missing_text(board, table.status(id, row, year));
  if (field.id == "id") return short_id(board, kind, row);
  switch (field.type) {
    case FieldType::category:
      return category_text(board, field, table, row);
    case FieldType::flags:
      return flags_text(board, field, table, row);
    case FieldType::number:
    case FieldType::year:
    case FieldType::yes_no:
      return number_text(board, field, table.number(id, row, year).value_or(0));
    case FieldType::text:
      break;
  }
  if (field.refers)
    if (const auto to = geo::linked_row(table, id, row)) {
      const geo::RecordTable& other = board.records[*field.refers];
      if (geo::find_field(*field.refers, "name") != nullptr)
        if (const auto name = other.text("name", *to); !name.empty()) return std::string(name);
      return short_id(board, *field.refers, *to);
    }
  return std::string(table.text(id, row));
}

std::string short_id(const Board& board, geo::RecordKind kind, std::uint32_t row) {
  const geo::RecordTable& table = board.records[kind];
  std::string id(table.text("id", row));
  const bool village = board.place.valid() && board.place.level == geo::Level::village;
  const std::string code = village ? board.scene.tree()[board.place].code.text() : "";
  const std::size_t found = code.empty() ? std::string::npos : id.find(code);
  if (found == std::string::npos) return id;
  const std::size_t at = id.find_first_not_of("-_.:/ ", found + code.size());
  return at == std::string::npos ? id : id.substr(at);
}

geo::Text more_records(geo::RecordKind kind, std::size_t left_out) {
  const std::string number = geo::format_number(static_cast<double>(left_out), 0);
  const std::string unit = kind == geo::RecordKind::household ? "户" : kind == geo::RecordKind::cadre ? "人" : "个";
  return {fmt::format("… 另有 {} {}", number, unit),
          fmt::format("… and {} more {}", number, geo::record_kind_name(kind).en)};
}

}  // namespace battlemap::render
