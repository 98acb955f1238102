#pragma once
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "geo/record_counts.hpp"

namespace battlemap::geo {

/// True for fields whose values can be counted.
bool can_be_counted_by(const FieldSchema& field);

/// The headings of one field for some rows of a table, and which of them each row belongs to.
class Breakdown {
 public:
  /// `field` empty: one heading for all rows. Throws UsageError for a field that cannot be counted by.
  Breakdown(const Records& records, const RecordTable& table, std::string_view field,
            std::span<const std::uint32_t> rows);

  const std::vector<CountHeading>& headings() const { return headings_; }
  /// Several for flags, else one. Valid until the next call.
  std::span<const std::uint32_t> of(std::uint32_t row);
  /// The field is hidden from the audience: no count by it may be told.
  bool is_masked() const { return masked_; }
  /// Each record belongs to exactly one heading.
  bool is_partition() const { return field_ == nullptr || field_->type != FieldType::flags; }

 private:
  using Key = std::int64_t;
  void collect_keys(std::uint32_t row, std::vector<Key>& keys) const;
  CountHeading heading(const Records& records, Key key) const;

  const RecordTable& table_;
  const FieldSchema* field_ = nullptr;
  const RecordTable::Column* column_ = nullptr;
  bool masked_ = false;
  std::vector<CountHeading> headings_;
  std::map<Key, std::uint32_t> index_;
  std::vector<Key> keys_;
  std::vector<std::uint32_t> found_;
};

}  // namespace battlemap::geo
