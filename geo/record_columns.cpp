#include "geo/record_columns.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace battlemap::geo {
namespace {

constexpr int first_year = 1900;
constexpr int last_year = 2200;
constexpr std::array<std::string_view, 6> not_yet_words{"not_yet", "not yet", "未脱贫",
                                                        "未退出",  "未完成",  "未"};
constexpr std::array<std::string_view, 9> yes_words{"是",   "有",   "yes",  "Yes", "Y",
                                                    "true", "TRUE", "合格", "√"};
constexpr std::array<std::string_view, 9> no_words{"否",    "无",    "no",     "No", "N",
                                                   "false", "FALSE", "不合格", "×"};
constexpr std::array<std::string_view, 7> separators{";", ",", "|", "\n", "；", "，", "、"};

template <class Words>
bool contains(const Words& words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::string shown(const RawCell& cell) {
  return cell.is_number ? fmt::format("{}", cell.number) : std::string(trimmed(cell.text));
}

/// "a;b、c" in its parts, blanks and empty parts left out.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  const auto take = [&](std::string_view part) {
    if (part = trimmed(part); !part.empty()) parts.push_back(part);
  };
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto at = std::find_if(separators.begin(), separators.end(),
                                 [&](std::string_view s) { return text.substr(i).starts_with(s); });
    if (at == separators.end()) {
      ++i;
      continue;
    }
    take(text.substr(begin, i - begin));
    i += at->size(), begin = i;
  }
  take(text.substr(begin));
  return parts;
}

bool is_record_year(double year) {
  return year == std::floor(year) && (year == not_yet || (year >= first_year && year <= last_year));
}

}  // namespace

RecordColumnReader::RecordColumnReader(const FieldSchema& field, int year, std::string column,
                                       const CategorySet* set, const CellWords& words)
    : column_(std::move(column)), set_(set), words_(words) {
  result_.field = &field;
  result_.year = year;
}

void RecordColumnReader::add(const RawCell& cell, std::vector<std::string>& strings, const RowLog& log) {
  const std::string_view text = cell.is_number ? cell.text : trimmed(cell.text);
  const bool empty = !cell.is_number && (text.empty() || contains(words_.no_data, text));
  const bool not_applicable = !cell.is_number && !empty && contains(words_.not_applicable, text);
  const RawCell read{empty || not_applicable ? std::string_view{} : text, cell.number, cell.is_number};
  Status status = Status::no_data;
  switch (field().type) {
    case FieldType::text:
      status = add_text(read, strings);
      break;
    case FieldType::number:
      status = add_number(read, log);
      break;
    case FieldType::year:
      status = add_year(read, log);
      break;
    case FieldType::yes_no:
      status = add_yes_no(read, log);
      break;
    case FieldType::category:
      status = add_category(read, log);
      break;
    case FieldType::flags:
      status = add_flags(read, log);
      break;
  }
  result_.status.push_back(not_applicable ? Status::not_applicable : status);
}

void RecordColumnReader::repeat_last() {
  const auto repeat = [](auto& values) {
    if (!values.empty()) values.push_back(values.back());
  };
  repeat(result_.status), repeat(result_.numbers), repeat(result_.categories);
  repeat(result_.flags), repeat(result_.texts);
}

Status RecordColumnReader::bad_cell(const RawCell& cell, const std::string& kind, std::string_view expected,
                                    const RowLog& log) {
  log.add(kind, fmt::format("column {} holds '{}', which is not {}; it counts as no data", column_,
                            shown(cell), expected));
  return Status::no_data;
}

Status RecordColumnReader::add_text(const RawCell& cell, std::vector<std::string>& strings) {
  const std::string text = shown(cell);
  result_.texts.push_back(text.empty() ? 0 : static_cast<std::uint32_t>(strings.size()));
  if (!text.empty()) strings.push_back(text);
  return text.empty() ? Status::no_data : Status::value;
}

Status RecordColumnReader::add_number(const RawCell& cell, const RowLog& log) {
  const auto number = cell.is_number ? std::optional(cell.number) : parse_number(cell.text);
  const bool good = number && *number >= 0 && *number <= field().most;
  result_.numbers.push_back(good ? *number : 0);
  if (good) return Status::value;
  if (!cell.is_number && cell.text.empty()) return Status::no_data;
  if (!number) return bad_cell(cell, "bad_cell", "a number", log);
  if (*number < 0) return bad_cell(cell, "negative_number", "0 or more", log);
  return bad_cell(cell, "bad_cell", fmt::format("at most {}", field().most), log);
}

Status RecordColumnReader::add_year(const RawCell& cell, const RowLog& log) {
  std::optional<double> year;
  if (cell.is_number)
    year = cell.number;
  else if (contains(not_yet_words, cell.text))
    year = not_yet;
  else if (const auto parsed = parse_year(cell.text))
    year = *parsed;
  const bool good = year && is_record_year(*year);
  result_.numbers.push_back(good ? *year : 0);
  if (good) return Status::value;
  if (!cell.is_number && cell.text.empty()) return Status::no_data;
  return bad_cell(cell, "bad_year",
                  fmt::format("a year from {} to {}, or 9999 for not yet", first_year, last_year), log);
}

Status RecordColumnReader::add_yes_no(const RawCell& cell, const RowLog& log) {
  const auto number = cell.is_number ? std::optional(cell.number) : parse_number(cell.text);
  const bool yes = number == 1 || contains(yes_words, cell.text);
  const bool no = number == 0 || contains(no_words, cell.text);
  result_.numbers.push_back(yes ? 1 : 0);
  if (yes || no) return Status::value;
  if (!cell.is_number && cell.text.empty()) return Status::no_data;
  return bad_cell(cell, "bad_cell", "1 or 0, 是 or 否", log);
}

Status RecordColumnReader::add_category(const RawCell& cell, const RowLog& log) {
  if (!cell.is_number && cell.text.empty()) {
    result_.categories.push_back(no_category);
    return Status::no_data;
  }
  result_.categories.push_back(entry_of(cell.is_number ? shown(cell) : cell.text, log));
  return Status::value;
}

Status RecordColumnReader::add_flags(const RawCell& cell, const RowLog& log) {
  const bool empty = !cell.is_number && cell.text.empty();
  result_.flags.push_back(empty ? 0 : flags_of(cell.is_number ? shown(cell) : cell.text, log));
  return empty ? Status::no_data : Status::value;
}

std::uint16_t RecordColumnReader::entry_of(std::string_view text, const RowLog& log) {
  buffer_.assign(text);
  const auto [place, added] = entries_.try_emplace(buffer_, 0);
  const std::size_t known = set_->entries.size();
  if (added) {
    const auto found = set_->find(text);
    place->second = found ? *found : known + unknown_.size();
    if (!found) unknown_.emplace_back(text);
  }
  if (place->second >= known)
    log.add("unknown_category",
            fmt::format("column {} holds '{}', which no entry of the set '{}' means; it is kept as it is "
                        "(add it to categories.toml)",
                        column_, text, set_->id));
  return static_cast<std::uint16_t>(std::min<std::size_t>(place->second, no_category - 1));
}

std::uint64_t RecordColumnReader::flags_of(std::string_view text, const RowLog& log) {
  constexpr std::uint16_t bits = 64;
  buffer_.assign(text);
  if (const auto known = flags_.find(buffer_); known != flags_.end()) return known->second;
  bool all_known = true;
  const bool whole = set_->find(text).has_value();
  std::uint64_t flags = 0;
  for (const std::string_view part : whole ? std::vector{text} : split(text)) {
    const std::uint16_t entry = entry_of(part, log);
    all_known = all_known && entry < set_->entries.size();
    if (entry < bits)
      flags |= std::uint64_t{1} << entry;
    else
      log.add("too_many_categories",
              fmt::format("column {} holds '{}', the 65th text or later that set '{}' does not know; it is "
                          "left out",
                          column_, part, set_->id));
  }
  if (all_known) flags_.emplace(text, flags);
  return flags;
}

}  // namespace battlemap::geo
