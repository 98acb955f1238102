#include "demo/division_layers.hpp"

#include <algorithm>
#include <array>

#include "demo/geopackage.hpp"
#include "demo/regions.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

/// For each code the index of the place whose code begins it.
std::vector<std::int32_t> owners(const std::vector<std::string>& codes, const std::vector<Place>& places) {
  std::vector<std::int32_t> result;
  for (const std::string& code : codes) {
    const auto found =
        std::find_if(places.begin(), places.end(), [&](const Place& p) { return code.starts_with(p.code); });
    if (found == places.end()) geo::fail("no parent of {} in the list of divisions", code);
    result.push_back(static_cast<std::int32_t>(found - places.begin()));
  }
  return result;
}

std::vector<std::int32_t> relabel(std::span<const std::int32_t> labels,
                                  const std::vector<std::int32_t>& owner) {
  std::vector<std::int32_t> result;
  for (const std::int32_t label : labels)
    result.push_back(label < 0 ? -1 : owner[static_cast<std::size_t>(label)]);
  return result;
}

std::vector<std::string> codes_of(const std::vector<Place>& places) {
  std::vector<std::string> codes;
  for (const Place& place : places) codes.push_back(place.code);
  return codes;
}

class Layers {
 public:
  Layers(const std::filesystem::path& file, const Triangulation& mesh) : out_(file), mesh_(mesh) {}
  void add(const std::string& name, const std::vector<Place>& places, std::span<const std::int32_t> labels) {
    const bool village = name == "village";
    std::vector<Field> fields{{"code"}, {"name"}};
    if (village) fields.push_back({"type"});
    out_.begin_layer(name, GeoPackageWriter::Shape::multi_polygon, fields);
    const auto regions = regions_of(mesh_, labels, places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      std::vector<std::string> texts{places[i].code, places[i].name};
      if (village) texts.emplace_back(is_committee(places[i]) ? "居委会" : "村委会");
      out_.add(regions[i], texts);
    }
  }
  void finish() { out_.finish(); }

 private:
  GeoPackageWriter out_;
  const Triangulation& mesh_;
};

}  // namespace

void write_divisions(const std::filesystem::path& file, const ProvinceInput& input,
                     const Partition& partition) {
  std::vector<Place> counties;
  for (const County& county : input.counties) counties.push_back(county.place);
  const auto& county = partition.counties.county;
  Layers layers(file, partition.counties.mesh);
  layers.add("province", {input.province}, relabel(county, std::vector<std::int32_t>(counties.size())));
  layers.add("prefecture", input.prefectures, relabel(county, owners(codes_of(counties), input.prefectures)));
  layers.add("county", counties, county);
  layers.add("township", input.towns,
             relabel(partition.village, owners(codes_of(input.villages), input.towns)));
  layers.add("village", input.villages, partition.village);
  layers.finish();
}

}  // namespace battlemap::demo
