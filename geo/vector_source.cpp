#include "geo/vector_source.hpp"

#include <fmt/ranges.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <filesystem>

#include "geo/error.hpp"
#include "geo/gdal_open.hpp"
#include "geo/nearest.hpp"

namespace battlemap::geo {
namespace {

std::vector<std::string> layer_names(GDALDataset& dataset) {
  std::vector<std::string> names;
  for (int i = 0; i < dataset.GetLayerCount(); ++i) names.emplace_back(dataset.GetLayer(i)->GetName());
  return names;
}

std::string suggestion(std::string_view name, const std::vector<std::string>& known) {
  const auto near = nearest_names(name, known);
  return near.empty() ? "" : fmt::format("; did you mean {}?", fmt::join(near, ", "));
}

/// As a name in SQL.
std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + '"';
}

}  // namespace

void VectorSource::Close::operator()(GDALDataset* dataset) const {
  const QuietGdal quiet;
  GDALClose(GDALDataset::ToHandle(dataset));
}

VectorSource::VectorSource(const std::string& dataset, const std::string& layer, bool network,
                           std::optional<Encoding> stated) {
  const QuietGdal quiet;
  OpenedVectors opened = open_vectors(dataset, network, stated);
  dataset_.reset(opened.dataset.release());
  encoding_ = opened.encoding;
  if (dataset_->GetLayerCount() == 0 && layer.empty()) fail("{}: holds no layer", dataset);
  layer_named_ = !layer.empty();
  layer_ = layer.empty() ? dataset_->GetLayer(0) : dataset_->GetLayerByName(layer.c_str());
  if (layer_ == nullptr) {
    const auto known = layer_names(*dataset_);
    fail("{}: has no layer '{}'{} (layers: {})", dataset, layer, suggestion(layer, known),
         fmt::join(known, ", "));
  }
  if (const GDALDriver* driver = dataset_->GetDriver())
    first_row_ = EQUAL(const_cast<GDALDriver*>(driver)->GetDescription(), "CSV") ? 1 : 0;
  std::error_code none;
  const auto bytes = std::filesystem::file_size(dataset, none);
  file_bytes_ = none ? 0 : bytes;
  name_ = fmt::format("{} ({})", std::filesystem::path(dataset).filename().string(), layer_->GetName());
}

VectorSource::~VectorSource() = default;
VectorSource::VectorSource(VectorSource&&) noexcept = default;
VectorSource& VectorSource::operator=(VectorSource&&) noexcept = default;

int VectorSource::find_field(const std::string& field) const {
  return layer_->GetLayerDefn()->GetFieldIndex(field.c_str());
}

std::int64_t VectorSource::row_of(const OGRFeature& feature) const {
  return feature.GetFID() + first_row_;
}

int VectorSource::field(std::string_view key, const std::string& field) const {
  if (const int index = find_field(field); index >= 0) return index;
  field_missing(key, field, "");
}

void VectorSource::field_missing(std::string_view key, const std::string& field, std::string_view also) const {
  const OGRFeatureDefn& fields = *layer_->GetLayerDefn();
  std::vector<std::string> known;
  for (int i = 0; i < fields.GetFieldCount(); ++i) known.emplace_back(utf8_of(fields.GetFieldDefn(i)->GetNameRef()));
  if (layer_->GetFeatureCount() == 0) fail("{}: holds no feature{}", name_, other_layers());
  if (known.empty()) fail("{}: has no fields at all; a shapefile's are in the .dbf beside it", name_);
  fail("{}: has no field '{}'{}{} (fields: {}); set {} in the project file{}", name_, field, also,
       suggestion(field, known), fmt::join(known, ", "), key, other_layers());
}

std::string VectorSource::other_layers() const {
  if (layer_named_ || dataset_->GetLayerCount() < 2) return {};
  std::vector<std::string> names = layer_names(*dataset_);
  constexpr std::size_t most = 10;
  names.erase(names.begin());
  const std::size_t count = names.size();
  names.resize(std::min(count, most));
  return fmt::format(" (this is the first of its {} layers; set layer for another: {}{})", count + 1,
                     fmt::join(names, ", "), count > most ? ", ..." : "");
}

void VectorSource::ignore(const std::vector<int>& all_but, const char* also) const {
  const OGRFeatureDefn& fields = *layer_->GetLayerDefn();
  CPLStringList ignored;
  for (int i = 0; i < fields.GetFieldCount(); ++i)
    if (std::find(all_but.begin(), all_but.end(), i) == all_but.end())
      ignored.AddString(fields.GetFieldDefn(i)->GetNameRef());
  if (also != nullptr) ignored.AddString(also);
  layer_->SetIgnoredFields(const_cast<const char**>(ignored.List()));
  layer_->ResetReading();
  CPLErrorReset();
}

void VectorSource::read_only_fields(const std::vector<int>& fields) const {
  ignore(fields, nullptr);
}

void VectorSource::read_without_geometry(const std::vector<int>& fields) const {
  ignore(fields, "OGR_GEOMETRY");
}

std::optional<std::pair<std::int64_t, std::int64_t>> VectorSource::feature_ids() const {
  const char* id = layer_->GetFIDColumn();
  if (std::string_view(dataset_->GetDriverName()) != "GPKG" || id == nullptr || *id == '\0') return std::nullopt;
  // SQLite looks up one end of the ids at once, but would walk the whole table for both ends of one SELECT.
  const std::string query = fmt::format("SELECT (SELECT MIN({0}) FROM {1}), (SELECT MAX({0}) FROM {1})", quoted(id),
                                        quoted(layer_->GetName()));
  OGRLayer* const answer = dataset_->ExecuteSQL(query.c_str(), nullptr, nullptr);
  if (answer == nullptr) return std::nullopt;
  std::optional<std::pair<std::int64_t, std::int64_t>> ids;
  {
    const std::unique_ptr<OGRFeature> row(answer->GetNextFeature());
    if (row && row->GetFieldCount() == 2 && row->IsFieldSetAndNotNull(0))
      ids = {row->GetFieldAsInteger64(0), row->GetFieldAsInteger64(1)};
  }
  dataset_->ReleaseResultSet(answer);
  return ids;
}

void VectorSource::read_only_ids(std::int64_t first, std::int64_t last) const {
  const std::string id = quoted(layer_->GetFIDColumn());
  if (layer_->SetAttributeFilter(fmt::format("{0} >= {1} AND {0} <= {2}", id, first, last).c_str()) != OGRERR_NONE)
    fail("{}: cannot be read by feature ids: {}", name_, CPLGetLastErrorMsg());
}

void VectorSource::require_read_to_the_end() const {
  if (CPLGetLastErrorType() >= CE_Failure)
    fail("{}: cannot be read to the end: {}", name_, CPLGetLastErrorMsg());
}

std::string utf8_of(const char* text) {
  if (CPLIsUTF8(text, -1) != 0) return text;
  char* recoded = CPLRecode(text, "GB18030", CPL_ENC_UTF8);
  const bool readable = recoded != nullptr && CPLIsUTF8(recoded, -1) != 0;
  char* safe = readable ? CPLStrdup(recoded) : CPLForceToASCII(text, -1, '?');
  std::string result = safe;
  CPLFree(recoded), CPLFree(safe);
  return result;
}

std::string text_of(const OGRFeature& feature, int field) {
  if (!feature.IsFieldSetAndNotNull(field)) return {};
  // The C++ signature is not const, the function does not change the feature.
  return cell_text(const_cast<OGRFeature&>(feature).GetFieldAsString(field));
}

std::string cell_text(const char* field) {
  std::string text = utf8_of(field);
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.back())) text.pop_back();
  const auto first = std::find_if_not(text.begin(), text.end(), blank);
  text.erase(text.begin(), first);
  return text;
}

}  // namespace battlemap::geo
