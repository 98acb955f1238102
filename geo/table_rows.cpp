#include "geo/table_rows.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/ranges.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>

#include "geo/cell.hpp"
#include "geo/csv_reader.hpp"
#include "geo/gdal_open.hpp"
#include "geo/nearest.hpp"
#include "geo/vector_source.hpp"

namespace battlemap::geo {
namespace {

class CsvRows : public TableRows {
 public:
  CsvRows(std::string path, std::optional<Encoding> stated)
      : path_(std::move(path)), reader_(path_, stated) {}

  void restart(std::span<const std::size_t> /*columns*/) override {
    bad_rows_ = 0;
    if (reader_.row() > 0) reader_ = CsvReader(path_, EncodingGuess(reader_.encoding()));
  }
  bool next(std::vector<std::string_view>& cells) override {
    if (!reader_.next(cells)) return false;
    if (!reader_.encoding().faultless) look_for_bad_text(cells);
    return true;
  }
  std::int64_t row() const override { return reader_.row(); }
  std::optional<EncodingGuess> encoding() const override { return reader_.encoding(); }

  void add_notes(const std::string& source, Problems& notes) const override {
    const EncodingGuess& guess = reader_.encoding();
    constexpr double sure = 0.9;
    if (guess.confidence < sure)
      notes.push_back(
          {"uncertain_encoding", source, 0, "",
           fmt::format("its text was taken for {}; when names look wrong set encoding in its table of "
                       "the project file (\"UTF-8\" or \"GB18030\")",
                       describe(guess))});
    if (bad_rows_ > 0)
      notes.push_back(
          {"bad_text", source, first_bad_, "",
           fmt::format("{} row(s), the first is row {}, hold bytes that are no {} text; they were read as "
                       "U+FFFD",
                       bad_rows_, first_bad_, encoding_name(guess.encoding))});
    if (const auto row = reader_.unclosed_quote())
      notes.push_back(
          {"unclosed_quote", source, *row, "",
           fmt::format("row {} opens a quote (\") that is never closed, or is longer than {} bytes; this "
                       "row and all after it were not read",
                       *row, CsvReader::most_record_bytes)});
  }

 private:
  void look_for_bad_text(const std::vector<std::string_view>& cells) {
    const auto bad = [](std::string_view cell) {
      return cell.find(replacement_character) != std::string_view::npos;
    };
    if (std::none_of(cells.begin(), cells.end(), bad)) return;
    if (bad_rows_++ == 0) first_bad_ = reader_.row();
  }

  std::string path_;
  CsvReader reader_;
  std::size_t bad_rows_ = 0;
  std::int64_t first_bad_ = 0;
};

OGRLayer* find_table_layer(GDALDataset& dataset, const std::string& path, const std::string& layer) {
  if (dataset.GetLayerCount() == 0) fail("{}: holds no table", path);
  OGRLayer* found = layer.empty() ? dataset.GetLayer(0) : dataset.GetLayerByName(layer.c_str());
  if (found != nullptr) return found;
  constexpr std::size_t most = 20;
  std::vector<std::string> known;
  for (OGRLayer* other : dataset.GetLayers()) known.emplace_back(other->GetName());
  const auto near = nearest_names(layer, known);
  const std::size_t count = known.size();
  known.resize(std::min(count, most));
  fail("{}: has no layer '{}'{}{} (its layers or sheets: {}{})", path, layer,
       near.empty() ? "" : "; nearest: ", fmt::join(near, ", "), fmt::join(known, ", "),
       count > most ? ", ..." : "");
}

/// A table of a database or of a layer with attributes.
class LayerRows : public TableRows {
 public:
  LayerRows(const std::string& dataset, const TableOptions& options)
      : name_(dataset), named_(!options.layer.empty()) {
    const QuietGdal quiet;
    OpenedVectors opened = open_vectors(dataset, options.network, options.encoding);
    dataset_ = std::move(opened.dataset);
    encoding_ = opened.encoding;
    layer_ = find_table_layer(*dataset_, dataset, options.layer);
    const OGRFeatureDefn* definition = layer_->GetLayerDefn();
    for (int i = 0; i < definition->GetFieldCount(); ++i)
      types_.push_back(definition->GetFieldDefn(i)->GetType());
    buffers_.resize(types_.size());
  }

  std::optional<std::vector<std::string>> named_columns() const override {
    std::vector<std::string> names;
    const OGRFeatureDefn* definition = layer_->GetLayerDefn();
    for (int i = 0; i < definition->GetFieldCount(); ++i)
      names.emplace_back(trimmed(utf8_of(definition->GetFieldDefn(i)->GetNameRef())));
    return names;
  }

  void restart(std::span<const std::size_t> columns) override {
    const QuietGdal quiet;
    wanted_.assign(columns.begin(), columns.end());
    ignore_others();
    layer_->ResetReading();
  }

  bool next(std::vector<std::string_view>& cells) override {
    const QuietGdal quiet;
    feature_.reset(layer_->GetNextFeature());
    if (!feature_) {
      if (CPLGetLastErrorType() == CE_Failure) fail("{}: reading stopped: {}", name_, CPLGetLastErrorMsg());
      return false;
    }
    cells.assign(types_.size(), {});
    if (wanted_.empty())
      for (std::size_t i = 0; i < types_.size(); ++i) cells[i] = cell(i);
    for (const std::size_t i : wanted_) cells[i] = cell(i);
    return true;
  }

  std::int64_t row() const override { return feature_ ? feature_->GetFID() : 0; }
  std::optional<EncodingGuess> encoding() const override { return encoding_; }
  std::string other_layers() const override {
    if (named_ || dataset_->GetLayerCount() < 2) return {};
    constexpr int most = 10;
    std::vector<std::string> names;
    for (int i = 1; i < std::min(dataset_->GetLayerCount(), most + 1); ++i)
      names.emplace_back(dataset_->GetLayer(i)->GetName());
    return fmt::format(" (this is the first of its {} sheets or layers; set layer for another: {}{})",
                       dataset_->GetLayerCount(), fmt::join(names, ", "),
                       dataset_->GetLayerCount() > most + 1 ? ", ..." : "");
  }

 protected:
  OGRLayer& layer() const { return *layer_; }

 private:
  /// The other columns and the geometry are not even parsed where the driver can leave them out.
  void ignore_others() {
    if (wanted_.empty() || layer_->TestCapability(OLCIgnoreFields) == 0) return;
    CPLStringList ignored;
    ignored.AddString("OGR_GEOMETRY");
    for (std::size_t i = 0; i < types_.size(); ++i)
      if (std::find(wanted_.begin(), wanted_.end(), i) == wanted_.end())
        ignored.AddString(layer_->GetLayerDefn()->GetFieldDefn(static_cast<int>(i))->GetNameRef());
    layer_->SetIgnoredFields(const_cast<const char**>(ignored.List()));
  }

  /// Text cells are viewed where GDAL keeps them; others are written into a buffer.
  std::string_view cell(std::size_t column) {
    const int index = static_cast<int>(column);
    std::string& buffer = buffers_[column];
    if (!feature_->IsFieldSetAndNotNull(index)) return {};
    if (types_[column] == OFTReal) return buffer = fmt::format("{}", feature_->GetFieldAsDoubleUnsafe(index));
    if (types_[column] != OFTString) return buffer = utf8_of(feature_->GetFieldAsString(index));
    const std::string_view text = feature_->GetFieldAsStringUnsafe(index);
    const bool ascii = std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
    if (ascii || CPLIsUTF8(text.data(), static_cast<int>(text.size())) != 0) return text;
    return buffer = utf8_of(text.data());
  }

  std::string name_;
  bool named_;
  GDALDatasetUniquePtr dataset_;
  std::optional<EncodingGuess> encoding_;
  OGRLayer* layer_ = nullptr;
  std::vector<OGRFieldType> types_;
  std::vector<std::size_t> wanted_;
  std::vector<std::string> buffers_;
  OGRFeatureUniquePtr feature_;
};

/// While it lives, spreadsheets opened by this thread are cells of text without a header.
class SheetsAsText {
 public:
  SheetsAsText() { set("DISABLE", "STRING"); }
  ~SheetsAsText() { set(nullptr, nullptr); }
  SheetsAsText(const SheetsAsText&) = delete;
  SheetsAsText& operator=(const SheetsAsText&) = delete;

 private:
  static void set(const char* headers, const char* types) {
    for (const char* kind : {"XLSX", "ODS", "XLS"}) {
      CPLSetThreadLocalConfigOption(fmt::format("OGR_{}_HEADERS", kind).c_str(), headers);
      CPLSetThreadLocalConfigOption(fmt::format("OGR_{}_FIELD_TYPES", kind).c_str(), types);
    }
  }
};

bool has_ending(const std::string& dataset, std::initializer_list<std::string_view> endings) {
  std::string name = dataset;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view end) { return name.ends_with(end); });
}

/// A spreadsheet is an archive that is unpacked into memory: a small file may be made to fill it.
void require_sane_archive(const std::string& dataset) {
  if (!has_ending(dataset, {".xlsx", ".xlsm", ".ods"}) || dataset.starts_with("/vsi")) return;
  constexpr double most = 2e9, suspicious = 2e8, most_packed = 100;
  const std::string archive = "/vsizip/" + dataset;
  const QuietGdal quiet;
  const CPLStringList members(VSIReadDirRecursive(archive.c_str()));
  double unpacked = 0;
  for (int i = 0; i < members.size(); ++i) {
    VSIStatBufL status;
    if (VSIStatL((archive + "/" + members[i]).c_str(), &status) == 0)
      unpacked += static_cast<double>(status.st_size);
  }
  VSIStatBufL packed;
  if (VSIStatL(dataset.c_str(), &packed) != 0) return;
  if (unpacked > most ||
      (unpacked > suspicious && unpacked > most_packed * static_cast<double>(packed.st_size)))
    fail(
        "{}: its {:.1f} MB unpack to {:.0f} MB, more than a table would; save the sheet that is needed as "
        "CSV",
        dataset, static_cast<double>(packed.st_size) / 1e6, unpacked / 1e6);
}

/// A sheet: GDAL would guess whether its first row is a header, and does not where all cells are text.
class SheetRows : public LayerRows {
 public:
  SheetRows(const std::string& dataset, const TableOptions& options)
      : SheetRows(SheetsAsText(), dataset, options) {}
  std::optional<std::vector<std::string>> named_columns() const override { return std::nullopt; }
  void restart(std::span<const std::size_t> columns) override { LayerRows::restart(columns), row_ = 0; }
  bool next(std::vector<std::string_view>& cells) override {
    return LayerRows::next(cells) && (++row_, true);
  }
  std::int64_t row() const override { return row_; }

 private:
  /// Sheets are read when they are first looked at, which the other constructor does.
  SheetRows(const SheetsAsText& /*alive*/, const std::string& dataset, const TableOptions& options)
      : LayerRows(dataset, options) {}

  std::int64_t row_ = 0;
};

}  // namespace

std::unique_ptr<TableRows> open_table_rows(const std::string& dataset, const TableOptions& options) {
  const bool local = !dataset.starts_with("/vsi");
  if (local && has_ending(dataset, {".csv", ".tsv", ".txt"})) {
    require_openable(dataset, options.network);
    return std::make_unique<CsvRows>(dataset, options.encoding);
  }
  if (has_ending(dataset, {".xlsx", ".xlsm", ".ods", ".xls"})) {
    require_openable(dataset, options.network);
    require_sane_archive(dataset);
    return std::make_unique<SheetRows>(dataset, options);
  }
  return std::make_unique<LayerRows>(dataset, options);
}

}  // namespace battlemap::geo
