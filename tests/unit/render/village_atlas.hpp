#pragma once
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "render/board.hpp"

namespace battlemap::render::testing {

/// A value of a record: a number (also years, yes/no), text (also references), category or flags ("a;b") by
/// id.
using FieldValue = std::variant<double, std::string>;
using RecordFields = std::map<std::string, FieldValue>;

/// Puts records together by hand, as a source would give them.
class RecordsBuilder {
 public:
  explicit RecordsBuilder(const geo::DivisionTree& tree);
  /// `point`: NaN for none. A household's place is the village of `code`.
  void add(geo::RecordKind kind, const std::string& code, geo::Point point, const RecordFields& fields);
  void add_road(const std::string& code, const std::vector<geo::Point>& line, const RecordFields& fields);
  /// Links references; the builder is used up.
  geo::Records finish();

 private:
  const geo::DivisionTree& tree_;
  geo::Records records_;
};

inline geo::Point nowhere() {
  return {std::nan(""), std::nan("")};
}

/// One township of four villages, 5 km squares: 630101100200 (west, south) to 630101100203. Map "board" has
/// the layers given as TOML; `records` fills the builder.
std::shared_ptr<const Atlas> village_atlas(const std::string& layers,
                                           const std::function<void(RecordsBuilder&)>& fill);

/// The same places with maps of the project's folder data/qinghai/maps/six and its indicators, none of which has
/// a value.
std::shared_ptr<const Atlas> six_maps_atlas(const std::function<void(RecordsBuilder&)>& fill);

/// The record layers of a place, drawn: what add_record_layers() gives.
struct DrawnBoard {
  Sheet sheet;
  std::vector<std::uint32_t> households;
};
DrawnBoard draw_board(const Atlas& atlas, const std::string& place, int year = 2018, int width = 1600,
                      int height = 1000, const geo::RecordFilter& filter = {});

}  // namespace battlemap::render::testing
