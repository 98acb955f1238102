#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "geo/vector_source.hpp"

namespace battlemap::geo {

/// A feature as it lies in a batch of columns, valid during one call.
struct ArrowRow {
  std::int64_t id = 0;
  std::vector<std::string_view> texts;  ///< of the fields asked for; empty for NULL, and for a field -1
  std::span<const unsigned char> wkb;   ///< empty: has no geometry
};

/// Calls visit(row) for each feature of a layer, with these fields, in its order: by batches of columns (Apache Arrow's C
/// stream interface), without an object for each feature. False where the driver has no quick way to do so, a field is
/// not text, reading failed or `visit` gave false: then some rows may have been visited, and the layer must be read by
/// features.
bool read_arrow_rows(const VectorSource& vectors, const std::vector<int>& fields,
                     const std::function<bool(const ArrowRow&)>& visit);

}  // namespace battlemap::geo
