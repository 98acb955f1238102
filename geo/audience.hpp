#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo/indicator.hpp"
#include "geo/records.hpp"
#include "geo/text.hpp"

namespace battlemap::geo {

struct Dataset;

/// Who will see the output. Household data is personal: what each may see is said in audience.toml and
/// applied by load_dataset(), so that nothing outside geo ever holds what the audience must not see.
enum class Audience : std::uint8_t { field, leadership, public_ };
std::string_view audience_id(Audience audience);  ///< "field", "leadership", "public"
const Text& audience_name(Audience audience);     ///< 外业, 领导, 公开
/// Printed at the foot of every sheet: 公开版:已按规则脱敏. Empty for the field.
const Text& audience_note(Audience audience);
/// Throws UsageError naming the nearest.
Audience parse_audience(std::string_view text);

enum class MaskAction : std::uint8_t {
  hide,      ///< the value becomes Status::masked; of "point": no place on the map
  coarsen,   ///< point: to the group's place or the village's anchor; number: to a range's lower end; category,
             ///< flags: merged, in every field of that set
  renumber,  ///< id: running numbers within the village instead, the same wherever the record is named
  drop       ///< the kind's single records are left out; counts above them remain (record_counts.hpp)
};

/// The rules of one audience.
struct AudienceRules {
  enum class PointTo : std::uint8_t { group, village };
  struct FieldRule {
    RecordKind kind = RecordKind::household;
    std::string field;  ///< a field id, or "point"; empty: the whole record (drop)
    MaskAction action = MaskAction::hide;
    double step = 0;                        ///< coarsen a number to multiples of this
    PointTo to = PointTo::group;            ///< coarsen a point
    std::vector<std::string> categories{};  ///< coarsen a category: these become `into`
    Category into{};
  };
  Audience audience = Audience::field;
  std::vector<FieldRule> fields{};
  std::vector<IndicatorSum> sums{};  ///< whoever knows all but one of these knows that one too
  double suppress_below = 0;  ///< numbers of people and households with 0 < n < this are masked
  std::string file{};         ///< the table they came from, for messages

  bool renumbers(RecordKind kind) const;
  bool drops(RecordKind kind) const;
};

/// The rules of `audience` in audience.toml. An empty path, or a file without a table for it, gives the
/// built-in ones: leadership and public are never unmasked by default. Throws Error with file, line, key.
AudienceRules read_audience(const std::filesystem::path& toml, Audience audience);

/// Hides from the audience what the rules say: records, statistics, exits, and what problems quote. Category
/// sets lose the merged entries. Last step of loading; everything derived from records is made before.
void mask_dataset(Dataset& dataset, const AudienceRules& rules);

}  // namespace battlemap::geo
