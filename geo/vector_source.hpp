#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/text_encoding.hpp"

class GDALDataset;
class OGRFeature;
class OGRLayer;

namespace battlemap::geo {

/// A layer of anything with vectors or rows that a project may open (see open_vectors), read-only. For use by
/// one thread.
class VectorSource {
 public:
  /// `layer` empty: the first one. Throws Error: nothing there, not readable, no such layer (nearest
  /// offered).
  VectorSource(const std::string& dataset, const std::string& layer, bool network = false,
               std::optional<Encoding> stated = std::nullopt);
  ~VectorSource();
  VectorSource(VectorSource&&) noexcept;
  VectorSource& operator=(VectorSource&&) noexcept;

  OGRLayer& layer() const { return *layer_; }
  /// For messages: the file's name and the layer, "divisions.gpkg (county)".
  const std::string& name() const { return name_; }
  /// How a shapefile's texts were understood; nullopt: the format says it.
  const std::optional<EncodingGuess>& encoding() const { return encoding_; }
  /// Index of the field called `field`, which `key` of the project file asks for. Throws Error naming the
  /// nearest fields and all there are.
  int field(std::string_view key, const std::string& field) const;
  [[noreturn]] void field_missing(std::string_view key, const std::string& field, std::string_view also) const;
  /// " (the first of its 2 layers; set layer for another: county)": where none was named and there are more.
  std::string other_layers() const;
  /// Index of the field called `field`; -1 when there is none.
  int find_field(const std::string& field) const;
  /// What people call the row: of a CSV as a spreadsheet counts, the header being row 1; else the feature id.
  std::int64_t row_of(const OGRFeature& feature) const;
  /// Only these fields (indices) are read from now on.
  void read_only_fields(const std::vector<int>& fields) const;
  void read_without_geometry(const std::vector<int>& fields) const;
  /// Of the file that holds the layer; 0: it is no file.
  std::uintmax_t file_bytes() const { return file_bytes_; }
  /// The first and last feature id of a layer whose features can be read by ranges of ids as fast as one after the other
  /// (GeoPackage); nullopt: it cannot.
  std::optional<std::pair<std::int64_t, std::int64_t>> feature_ids() const;
  /// Only the features with ids from `first` to `last` are read from now on, in the order of ids.
  void read_only_ids(std::int64_t first, std::int64_t last) const;
  /// Throws Error when reading ended because of a failure rather than at the end.
  void require_read_to_the_end() const;

 private:
  void ignore(const std::vector<int>& all_but, const char* also) const;
  struct Close {
    void operator()(GDALDataset* dataset) const;
  };
  std::unique_ptr<GDALDataset, Close> dataset_;
  OGRLayer* layer_ = nullptr;
  std::int64_t first_row_ = 0;
  std::uintmax_t file_bytes_ = 0;
  bool layer_named_ = false;
  std::optional<EncodingGuess> encoding_;
  std::string name_;
};

/// `text` when it is UTF-8, else read as GB18030; what is neither becomes '?'.
std::string utf8_of(const char* text);

/// UTF-8 without outer blanks. What is not UTF-8 is read as GB18030.
std::string cell_text(const char* field);

/// A field's text, UTF-8 and without outer blanks; empty for NULL. What is not UTF-8 is read as GB18030.
std::string text_of(const OGRFeature& feature, int field);

}  // namespace battlemap::geo
