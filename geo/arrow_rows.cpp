#include "geo/arrow_rows.hpp"

#include <cpl_string.h>
#include <ogr_recordbatch.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <optional>
#include <string>

namespace battlemap::geo {
namespace {

/// One of Arrow's C structures, which say themselves how they are released.
template <class Structure>
class Released {
 public:
  Released() = default;
  ~Released() { reset(); }
  Released(const Released&) = delete;
  Released& operator=(const Released&) = delete;
  void reset() {
    if (value_.release != nullptr) value_.release(&value_);
    value_.release = nullptr;
  }
  Structure* get() { return &value_; }
  Structure* operator->() { return &value_; }

 private:
  Structure value_{};
};

/// A column of a batch whose values are bytes: text or geometry, with offsets of 32 bits.
class BytesColumn {
 public:
  explicit BytesColumn(const ArrowArray& array)
      : valid_(static_cast<const unsigned char*>(array.null_count == 0 ? nullptr : array.buffers[0])),
        offsets_(static_cast<const std::int32_t*>(array.buffers[1])),
        bytes_(static_cast<const char*>(array.buffers[2])),
        first_(array.offset) {}
  std::string_view at(std::int64_t row) const {
    const std::int64_t i = first_ + row;
    if (valid_ != nullptr && (valid_[i / 8] >> (i % 8) & 1) == 0) return {};
    return {bytes_ + offsets_[i], static_cast<std::size_t>(offsets_[i + 1] - offsets_[i])};
  }

 private:
  const unsigned char* valid_;
  const std::int32_t* offsets_;
  const char* bytes_;
  std::int64_t first_;
};

std::string or_else(const char* name, const char* usual) { return name == nullptr || *name == '\0' ? usual : name; }

/// Where the columns stand in a batch.
struct Columns {
  std::int64_t id = -1, geometry = -1;
  std::vector<std::int64_t> texts;
};

/// The column with this name and format ("l": whole numbers, "u": text, "z": bytes); nullopt unless it is the only one.
std::optional<std::int64_t> find_column(const ArrowSchema& schema, const std::string& name, std::string_view format) {
  std::optional<std::int64_t> found;
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    if (name != schema.children[i]->name) continue;
    if (found || format != schema.children[i]->format) return std::nullopt;
    found = i;
  }
  return found;
}

std::optional<Columns> find_columns(OGRLayer& layer, const ArrowSchema& schema, const std::vector<int>& fields) {
  Columns columns;
  const auto id = find_column(schema, or_else(layer.GetFIDColumn(), "OGC_FID"), "l");
  const auto geometry = find_column(schema, or_else(layer.GetGeometryColumn(), "wkb_geometry"), "z");
  if (!id || !geometry) return std::nullopt;
  columns.id = *id, columns.geometry = *geometry;
  for (const int field : fields) {
    const auto text = field < 0 ? std::optional<std::int64_t>(-1)
                                : find_column(schema, layer.GetLayerDefn()->GetFieldDefn(field)->GetNameRef(), "u");
    if (!text) return std::nullopt;
    columns.texts.push_back(*text);
  }
  return columns;
}

bool visit_batch(const ArrowArray& batch, const Columns& columns, ArrowRow& row,
                 const std::function<bool(const ArrowRow&)>& visit) {
  const ArrowArray& ids = *batch.children[columns.id];
  const auto* const numbers = static_cast<const std::int64_t*>(ids.buffers[1]) + ids.offset;
  const BytesColumn geometry(*batch.children[columns.geometry]);
  std::vector<std::optional<BytesColumn>> texts;
  for (const std::int64_t column : columns.texts)
    texts.push_back(column < 0 ? std::nullopt : std::optional(BytesColumn(*batch.children[column])));
  for (std::int64_t i = 0; i < batch.length; ++i) {
    row.id = numbers[i];
    const std::string_view wkb = geometry.at(i);
    row.wkb = {reinterpret_cast<const unsigned char*>(wkb.data()), wkb.size()};
    for (std::size_t k = 0; k < texts.size(); ++k) row.texts[k] = texts[k] ? texts[k]->at(i) : std::string_view();
    if (!visit(row)) return false;
  }
  return true;
}

}  // namespace

bool read_arrow_rows(const VectorSource& vectors, const std::vector<int>& fields,
                     const std::function<bool(const ArrowRow&)>& visit) {
  OGRLayer& layer = vectors.layer();
  if (layer.TestCapability(OLCFastGetArrowStream) == 0) return false;
  CPLStringList options;
  options.SetNameValue("MAX_FEATURES_IN_BATCH", "512");  // what fits the processor's cache
  Released<ArrowArrayStream> stream;
  Released<ArrowSchema> schema;
  layer.ResetReading();
  if (!layer.GetArrowStream(stream.get(), options.List()) || stream->get_schema(stream.get(), schema.get()) != 0) return false;
  const auto columns = find_columns(layer, *schema.get(), fields);
  ArrowRow row;
  row.texts.resize(fields.size());
  while (columns) {
    Released<ArrowArray> batch;
    if (stream->get_next(stream.get(), batch.get()) != 0 || CPLGetLastErrorType() >= CE_Failure) return false;
    if (batch->release == nullptr) return true;
    if (!visit_batch(*batch.get(), *columns, row, visit)) return false;
  }
  return false;
}

}  // namespace battlemap::geo
