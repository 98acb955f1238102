#include "geo/vector_source.hpp"

#include <fmt/ranges.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <mutex>

#include "geo/error.hpp"
#include "geo/nearest.hpp"

namespace battlemap::geo {
namespace {

/// GDAL prints errors by default; ours go into exceptions.
class QuietErrors {
 public:
  QuietErrors() {
    CPLErrorReset();
    CPLPushErrorHandler(CPLQuietErrorHandler);
  }
  ~QuietErrors() { CPLPopErrorHandler(); }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;
};

constexpr std::array network_schemes{"http:", "https:", "ftp:", "s3:", "gs:", "az:"};
constexpr std::array network_file_systems{"/vsicurl",  "/vsis3",   "/vsigs",      "/vsiaz",  "/vsioss",
                                          "/vsiswift", "/vsiadls", "/vsiwebhdfs", "/vsihdfs"};
/// Drivers that speak to servers by themselves, or (VRT) that open what their file names.
constexpr std::array network_drivers{"HTTP",  "WFS",  "OAPIF",      "CSW",      "Elasticsearch",
                                     "Carto", "NGW",  "AmigoCloud", "PLScenes", "GMLAS",
                                     "EEDA",  "DODS", "OGR_VRT"};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
  });
  return text;
}

/// Anywhere in the text: "/vsizip//vsicurl/..." and "CSV:http://..." reach the network too.
void refuse_network(const std::string& dataset) {
  const std::string text = lower(dataset);
  for (const char* prefix : network_file_systems)
    if (text.find(prefix) != std::string::npos)
      fail("{}: reading over the network ({}) is not allowed; copy the file beside the project", dataset,
           prefix);
  for (const char* scheme : network_schemes)
    if (text.find(std::string(scheme) + "//") != std::string::npos)
      fail("{}: reading over the network is not allowed; download the file and name its path", dataset);
}

/// Registered once; the names of the drivers that may open a project's sources.
const std::vector<const char*>& allowed_drivers() {
  static const std::vector<const char*> drivers = [] {
    GDALAllRegister();
    // Files that name other files must not reach the network either: no address ends like this.
    CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".battlemap-reads-no-network");
    std::vector<const char*> names;
    GDALDriverManager* manager = GetGDALDriverManager();
    for (int i = 0; i < manager->GetDriverCount(); ++i) {
      GDALDriver* driver = manager->GetDriver(i);
      const std::string name = driver->GetDescription();
      const bool network =
          std::find(network_drivers.begin(), network_drivers.end(), name) != network_drivers.end();
      if (!network && driver->GetMetadataItem(GDAL_DCAP_VECTOR) != nullptr)
        names.push_back(driver->GetDescription());
    }
    names.push_back(nullptr);
    return names;
  }();
  return drivers;
}

bool names_a_file(const std::string& dataset) {
  return dataset.find(':') == std::string::npos && !dataset.starts_with("/vsi");
}

std::vector<std::string> layer_names(GDALDataset& dataset) {
  std::vector<std::string> names;
  for (int i = 0; i < dataset.GetLayerCount(); ++i) names.emplace_back(dataset.GetLayer(i)->GetName());
  return names;
}

std::string reason() {
  const std::string message = CPLGetLastErrorMsg();
  return message.empty() ? "no driver recognises it" : message;
}

std::string suggestion(std::string_view name, const std::vector<std::string>& known) {
  const auto near = nearest_names(name, known);
  return near.empty() ? "" : fmt::format("; did you mean {}?", fmt::join(near, ", "));
}

}  // namespace

void VectorSource::Close::operator()(GDALDataset* dataset) const {
  const QuietErrors quiet;
  GDALClose(GDALDataset::ToHandle(dataset));
}

VectorSource::VectorSource(const std::string& dataset, const std::string& layer) {
  refuse_network(dataset);
  std::error_code ignored;
  if (names_a_file(dataset) && !std::filesystem::exists(dataset, ignored)) fail("{}: no such file", dataset);
  const auto& drivers = allowed_drivers();
  const QuietErrors quiet;
  dataset_.reset(GDALDataset::Open(dataset.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers.data()));
  if (!dataset_) fail("{}: cannot be opened: {}", dataset, reason());
  if (dataset_->GetLayerCount() == 0 && layer.empty()) fail("{}: holds no layer", dataset);
  layer_ = layer.empty() ? dataset_->GetLayer(0) : dataset_->GetLayerByName(layer.c_str());
  if (layer_ == nullptr) {
    const auto known = layer_names(*dataset_);
    fail("{}: has no layer '{}'{} (layers: {})", dataset, layer, suggestion(layer, known),
         fmt::join(known, ", "));
  }
  if (const GDALDriver* driver = dataset_->GetDriver())
    first_row_ = EQUAL(const_cast<GDALDriver*>(driver)->GetDescription(), "CSV") ? 1 : 0;
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
  const OGRFeatureDefn& fields = *layer_->GetLayerDefn();
  if (const int index = find_field(field); index >= 0) return index;
  std::vector<std::string> known;
  for (int i = 0; i < fields.GetFieldCount(); ++i) known.emplace_back(fields.GetFieldDefn(i)->GetNameRef());
  fail("{}: has no field '{}'{} (fields: {}); set {} in the project file", name_, field,
       suggestion(field, known), fmt::join(known, ", "), key);
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

void VectorSource::require_read_to_the_end() const {
  if (CPLGetLastErrorType() >= CE_Failure)
    fail("{}: cannot be read to the end: {}", name_, CPLGetLastErrorMsg());
}

std::string text_of(const OGRFeature& feature, int field) {
  if (!feature.IsFieldSetAndNotNull(field)) return {};
  // The C++ signature is not const, the function does not change the feature.
  std::string text = const_cast<OGRFeature&>(feature).GetFieldAsString(field);
  if (!CPLIsUTF8(text.c_str(), -1)) {
    char* recoded = CPLRecode(text.c_str(), "GB18030", CPL_ENC_UTF8);
    char* safe = CPLIsUTF8(recoded, -1) ? CPLStrdup(recoded) : CPLForceToASCII(recoded, -1, '?');
    text = safe;
    CPLFree(recoded), CPLFree(safe);
  }
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.back())) text.pop_back();
  const auto first = std::find_if_not(text.begin(), text.end(), blank);
  text.erase(text.begin(), first);
  return text;
}

}  // namespace battlemap::geo
