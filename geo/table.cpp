#include "geo/table.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <fmt/ranges.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "geo/cell.hpp"
#include "geo/error.hpp"
#include "geo/nearest.hpp"

namespace battlemap::geo {
namespace {

/// GDAL's messages become ours instead of lines on stderr.
class QuietGdal {
 public:
  QuietGdal() {
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
  }
  ~QuietGdal() { CPLPopErrorHandler(); }
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;
};

void reject_network(const std::string& dataset) {
  constexpr std::array<std::string_view, 10> remote{"/vsicurl",    "/vsis3",  "/vsigs",    "/vsiaz",
                                                    "/vsiadls",    "/vsioss", "/vsiswift", "/vsihdfs",
                                                    "/vsiwebhdfs", "://"};
  for (const std::string_view part : remote)
    if (dataset.find(part) != std::string::npos)
      fail("{}: tables are not read over the network; save the file beside the project and name that",
           dataset);
}

std::string to_utf8(const char* text) {
  if (CPLIsUTF8(text, -1) != 0) return text;
  char* recoded = CPLRecode(text, "GB18030", CPL_ENC_UTF8);
  std::string result = recoded == nullptr ? "" : recoded;
  CPLFree(recoded);
  if (CPLIsUTF8(result.c_str(), -1) != 0) return result;
  std::replace_if(
      result.begin(), result.end(), [](char c) { return (c & 0x80) != 0; }, '?');
  return result;
}

GDALDatasetUniquePtr open_dataset(const std::string& dataset) {
  GDALAllRegister();
  const char* const options[] = {"HEADERS=YES", nullptr};  // of the CSV driver; others ignore it
  GDALDatasetUniquePtr opened(
      GDALDataset::Open(dataset.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, options));
  if (opened) return opened;
  std::error_code ignored;
  const std::filesystem::path path(dataset);
  if (dataset.find(':') == std::string::npos && !std::filesystem::exists(path, ignored))
    fail("{}: no such file; when battlemap demo makes it, run that first", dataset);
  if (std::filesystem::is_regular_file(path, ignored) && std::filesystem::file_size(path, ignored) == 0)
    fail("{}: the file is empty; a table needs a header line", dataset);
  fail("{}: not a table that GDAL can open ({})", dataset, CPLGetLastErrorMsg());
}

OGRLayer* find_layer(GDALDataset& dataset, const std::string& path, const std::string& layer) {
  if (dataset.GetLayerCount() == 0) fail("{}: holds no table", path);
  OGRLayer* found = layer.empty() ? dataset.GetLayer(0) : dataset.GetLayerByName(layer.c_str());
  if (found != nullptr) return found;
  std::vector<std::string> known;
  for (OGRLayer* other : dataset.GetLayers()) known.emplace_back(other->GetName());
  std::string near;
  for (const std::string& name : nearest_names(layer, known))
    near += (near.empty() ? "; nearest: " : ", ") + name;
  fail("{}: has no layer '{}'{}", path, layer, near);
}

}  // namespace

struct Table::Impl {
  GDALDatasetUniquePtr dataset;
  OGRLayer* layer = nullptr;
  std::string name;
  std::vector<std::string> columns;
  std::vector<OGRFieldType> types;  ///< by column
  bool is_csv = false;

  /// The other columns and the geometry are not even parsed where the driver can leave them out.
  void ignore_all_but(std::span<const std::size_t> wanted) {
    if (layer->TestCapability(OLCIgnoreFields) == 0) return;
    CPLStringList ignored;
    ignored.AddString("OGR_GEOMETRY");
    const OGRFeatureDefn* definition = layer->GetLayerDefn();
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (std::find(wanted.begin(), wanted.end(), i) == wanted.end())
        ignored.AddString(definition->GetFieldDefn(static_cast<int>(i))->GetNameRef());
    layer->SetIgnoredFields(const_cast<const char**>(ignored.List()));
  }

  /// Text cells are viewed where GDAL keeps them; others are written into `buffer`.
  std::string_view cell(OGRFeature& feature, std::size_t column, std::string& buffer) const {
    const int index = static_cast<int>(column);
    if (!feature.IsFieldSetAndNotNullUnsafe(index)) return {};
    if (types[column] == OFTReal) return buffer = fmt::format("{}", feature.GetFieldAsDoubleUnsafe(index));
    if (types[column] != OFTString) return buffer = to_utf8(feature.GetFieldAsString(index));
    const std::string_view text = feature.GetFieldAsStringUnsafe(index);
    const bool ascii = std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
    if (ascii || CPLIsUTF8(text.data(), static_cast<int>(text.size())) != 0) return text;
    return buffer = to_utf8(text.data());
  }
};

Table::Table(const std::string& dataset, const std::string& layer) : impl_(std::make_unique<Impl>()) {
  reject_network(dataset);
  const QuietGdal quiet;
  impl_->dataset = open_dataset(dataset);
  impl_->layer = find_layer(*impl_->dataset, dataset, layer);
  impl_->name = dataset + (layer.empty() ? "" : " layer " + layer);
  const GDALDriver* driver = impl_->dataset->GetDriver();
  impl_->is_csv = driver != nullptr && EQUAL(const_cast<GDALDriver*>(driver)->GetDescription(), "CSV");
  const OGRFeatureDefn* definition = impl_->layer->GetLayerDefn();
  for (int i = 0; i < definition->GetFieldCount(); ++i) {
    impl_->columns.emplace_back(trimmed(to_utf8(definition->GetFieldDefn(i)->GetNameRef())));
    impl_->types.push_back(definition->GetFieldDefn(i)->GetType());
  }
}

Table::~Table() = default;
Table::Table(Table&&) noexcept = default;
Table& Table::operator=(Table&&) noexcept = default;

const std::string& Table::name() const {
  return impl_->name;
}
const std::vector<std::string>& Table::columns() const {
  return impl_->columns;
}

std::size_t require_column(const Table& table, std::string_view key, const std::string& name) {
  if (const auto found = table.find(name)) return *found;
  const auto near = nearest_names(name, table.columns());
  fail("{}: has no column '{}'; set {} in [[statistics]]{} (columns: {})", table.name(), name, key,
       key == "year_field" ? ", or year = 2016 for a table of one year" : "",
       near.empty() ? fmt::format("{}", fmt::join(table.columns(), ", "))
                    : fmt::format("{}, ...", fmt::join(near, ", ")));
}

std::optional<std::size_t> Table::find(std::string_view column) const {
  const auto found = std::find(impl_->columns.begin(), impl_->columns.end(), column);
  if (found == impl_->columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - impl_->columns.begin());
}

void Table::read(std::span<const std::size_t> columns, const Visit& visit) {
  const QuietGdal quiet;
  impl_->ignore_all_but(columns);
  std::vector<std::string> buffers(columns.size());
  std::vector<std::string_view> cells(columns.size());
  impl_->layer->ResetReading();
  CPLErrorReset();
  while (const OGRFeatureUniquePtr feature{impl_->layer->GetNextFeature()}) {
    for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = impl_->cell(*feature, columns[i], buffers[i]);
    visit(feature->GetFID() + (impl_->is_csv ? 1 : 0), cells);
  }
  if (CPLGetLastErrorType() == CE_Failure) fail("{}: reading stopped: {}", impl_->name, CPLGetLastErrorMsg());
}

}  // namespace battlemap::geo
