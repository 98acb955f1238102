#include "geo/count_breakdown.hpp"

#include <algorithm>

#include "geo/nearest.hpp"

namespace battlemap::geo {
namespace {

// Those without a value come after all values.
constexpr std::int64_t without = std::int64_t{1} << 40;
constexpr std::int64_t masked = without + 1;

const FieldSchema& require_countable(RecordKind kind, std::string_view field) {
  const FieldSchema& found = require_field(kind, field);
  if (can_be_counted_by(found)) return found;
  std::vector<std::string> known;
  for (const FieldSchema& each : record_schema(kind))
    if (can_be_counted_by(each)) known.emplace_back(each.id);
  fail_unknown(fmt::format("field to count {} by", record_kind_name(kind).en), field, known);
}

CountHeading year_heading(int year) {
  CountHeading heading;
  heading.year = year;
  heading.id = year == not_yet ? "not_yet" : fmt::format("{}", year);
  heading.name = year == not_yet ? Text{"未脱贫", "Not yet"} : Text{heading.id, heading.id};
  return heading;
}

CountHeading status_heading(Status status) {
  CountHeading heading;
  heading.status = status;
  heading.id = status == Status::masked ? "masked" : "no_data";
  heading.name = status_name(status);
  return heading;
}

CountHeading record_heading(const RecordTable& to, std::uint32_t row) {
  CountHeading heading;
  heading.row = row;
  heading.id = to.text("id", row);
  const std::string name(to.text("name", row));
  heading.name = name.empty() ? Text{heading.id, heading.id} : Text{name, name};
  return heading;
}

}  // namespace

bool can_be_counted_by(const FieldSchema& field) {
  if (field.yearly) return false;
  return field.refers || (field.type != FieldType::text && field.type != FieldType::number);
}

Breakdown::Breakdown(const Records& records, const RecordTable& table, std::string_view field,
                     std::span<const std::uint32_t> rows)
    : table_(table) {
  if (field.empty()) {
    index_[0] = 0;
    headings_.push_back({"all", {"合计", "Total"}, {}, {}, {}, Status::value});
    return;
  }
  field_ = &require_countable(table.kind, field);
  column_ = table.column(field);
  masked_ = column_ != nullptr && std::find(column_->status.begin(), column_->status.end(), Status::masked) !=
                                      column_->status.end();
  if (!field_->set.empty())
    for (std::size_t i = 0; i < records.set(field_->set).entries.size(); ++i) index_[static_cast<Key>(i)] = 0;
  for (const std::uint32_t row : rows) {
    collect_keys(row, keys_);
    for (const Key key : keys_) index_[key] = 0;
  }
  for (auto& [key, position] : index_) {
    position = static_cast<std::uint32_t>(headings_.size());
    headings_.push_back(heading(records, key));
  }
}

void Breakdown::collect_keys(std::uint32_t row, std::vector<Key>& keys) const {
  keys.clear();
  const Status status = column_ == nullptr ? Status::no_data : column_->status[row];
  if (field_ == nullptr) {
    keys.push_back(0);
  } else if (status != Status::value) {
    keys.push_back(status == Status::masked ? masked : without);
  } else if (field_->refers) {
    const auto to = linked_row(table_, field_->id, row);
    keys.push_back(to ? static_cast<Key>(*to) : without);
  } else if (field_->type == FieldType::category) {
    keys.push_back(column_->categories[row]);
  } else if (field_->type == FieldType::flags) {
    for (Key bit = 0; bit < 64; ++bit)
      if ((column_->flags[row] >> bit & 1U) != 0) keys.push_back(bit);
  } else {
    keys.push_back(static_cast<Key>(column_->numbers[row]));
  }
}

CountHeading Breakdown::heading(const Records& records, Key key) const {
  if (key >= without) return status_heading(key == masked ? Status::masked : Status::no_data);
  if (field_->refers) return record_heading(records[*field_->refers], static_cast<std::uint32_t>(key));
  if (field_->type == FieldType::year) return year_heading(static_cast<int>(key));
  CountHeading heading;
  if (field_->type == FieldType::yes_no) {
    heading.id = key == 1 ? "yes" : "no";
    heading.name = key == 1 ? Text{"是", "Yes"} : Text{"否", "No"};
    return heading;
  }
  const Category& category = records.set(field_->set).entries[static_cast<std::size_t>(key)];
  heading.category = static_cast<std::uint16_t>(key);
  heading.id = category.id, heading.name = category.name;
  return heading;
}

std::span<const std::uint32_t> Breakdown::of(std::uint32_t row) {
  collect_keys(row, keys_);
  found_.clear();
  for (const Key key : keys_) found_.push_back(index_.at(key));
  return found_;
}

}  // namespace battlemap::geo
