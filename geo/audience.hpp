#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo/records.hpp"
#include "geo/text.hpp"

namespace battlemap::geo {

struct Dataset;

/// Who will see the output. Household data is personal: what each may see is said in audience.toml and
/// applied by load_dataset(), so that nothing outside geo ever holds what the audience must not see.
enum class Audience : std::uint8_t { field, leadership, public_ };
std::string_view audience_id(Audience audience);  ///< "field", "leadership", "public"
const Text& audience_name(Audience audience);     ///< 外业, 领导, 公开
/// Throws UsageError naming the nearest.
Audience parse_audience(std::string_view text);

enum class MaskAction : std::uint8_t {
  hide,     ///< the value becomes Status::masked
  coarsen,  ///< point: to the group's place, else the village's anchor; number: to a range's lower end; category: merged
  drop      ///< the record is left out of tables of single records; counts above it remain
};

/// The rules of one audience.
struct AudienceRules {
  Audience audience = Audience::field;
  struct FieldRule {
    RecordKind kind = RecordKind::household;
    std::string field;  ///< a field id, or "point"
    MaskAction action = MaskAction::hide;
    double step = 0;                       ///< coarsen a number to multiples of this
    std::vector<std::string> categories;   ///< coarsen a category: these become `into`
    Category into;
  };
  std::vector<FieldRule> fields;
  double suppress_below = 0;  ///< counts of people, households or places with 0 < n < this are masked
  std::string file;           ///< the table they came from, for messages
};

}  // namespace battlemap::geo
