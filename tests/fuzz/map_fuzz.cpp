// A map file of any bytes.
#include <cmath>

#include "fuzz.hpp"
#include "render/map_spec.hpp"

using namespace battlemap;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::ScratchFolder folder;
  const std::string file =
      folder.write("map.toml", std::string_view(reinterpret_cast<const char*>(data), size));
  fuzz::answered([&] {
    const render::MapSpec map = render::read_map(file);
    require(!map.id.empty() && !map.title.empty(), "a map has an id and a title");
    if (map.fill) {
      require(!map.fill->indicator.empty(), "a fill has an indicator");
      require(map.fill->count >= 1 && map.fill->count <= geo::most_classes, "one to nine classes");
      require(std::is_sorted(map.fill->breaks.begin(), map.fill->breaks.end()), "breaks ascend");
      for (const double b : map.fill->breaks) require(std::isfinite(b), "breaks are finite");
    }
    if (map.circles)
      require(std::isfinite(map.circles->max_radius_mm) && map.circles->max_radius_mm > 0, "circles have a size");
  });
  return 0;
}
