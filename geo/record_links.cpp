#include "geo/record_loader.hpp"

namespace battlemap::geo {
namespace {

/// The inverse of `links`: which rows refer to each of `count` rows.
void invert(RecordTable::Column& column, std::size_t count) {
  column.referrers_begin.assign(count + 1, 0);
  for (const std::uint32_t to : column.links)
    if (to != npos) ++column.referrers_begin[to + 1];
  for (std::size_t i = 0; i < count; ++i) column.referrers_begin[i + 1] += column.referrers_begin[i];
  column.referrers.resize(column.referrers_begin[count]);
  std::vector<std::uint32_t> next(column.referrers_begin.begin(), column.referrers_begin.end() - 1);
  for (std::uint32_t row = 0; row < column.links.size(); ++row)
    if (column.links[row] != npos) column.referrers[next[column.links[row]]++] = row;
}

}  // namespace

void link_records(Records& records) {
  for (RecordTable& table : records.tables)
    for (RecordTable::Column& column : table.columns) {
      if (!column.field->refers) continue;
      const RecordTable& to = records[*column.field->refers];
      column.links.assign(table.size(), npos);
      for (std::uint32_t row = 0; row < table.size(); ++row)
        if (column.status[row] == Status::value)
          column.links[row] = to.find(table.strings[column.texts[row]]).value_or(npos);
      invert(column, to.size());
    }
}

}  // namespace battlemap::geo
