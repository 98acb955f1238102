#pragma once
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/text_encoding.hpp"

namespace battlemap::geo {

/// The text of a regular file as UTF-8, piece by piece.
class TextFile {
 public:
  /// Reads the whole file once to find its encoding (a stated one is believed). Throws Error: not readable,
  /// no text.
  TextFile(std::string path, std::optional<Encoding> stated);
  /// With what is known of it from a reading before.
  TextFile(std::string path, const EncodingGuess& known);
  const EncodingGuess& encoding() const { return guess_; }
  /// Appends the next piece to `text`; false at the end. Throws Error when the file has become shorter.
  bool read(std::string& text);

 private:
  std::string path_;
  std::ifstream file_;
  std::uintmax_t size_ = 0, taken_ = 0;
  EncodingGuess guess_;
  std::optional<TextDecoder> decoder_;  ///< none: the bytes are UTF-8 as they are
  std::string piece_;
};

/// Records of separated values (RFC 4180 and what people make of it) in memory of one record and one piece of
/// the file. A quote in the middle of a cell is a quote; a quoted cell may hold line ends.
class CsvReader {
 public:
  explicit CsvReader(const std::string& path, std::optional<Encoding> stated = std::nullopt);
  CsvReader(const std::string& path, const EncodingGuess& known);
  const EncodingGuess& encoding() const { return file_.encoding(); }
  char delimiter() const { return delimiter_; }
  /// False at the end. `cells` are valid until the next call. Empty lines give one empty cell.
  bool next(std::vector<std::string_view>& cells);
  /// Of the record last read, as a spreadsheet counts: the first record is row 1, empty lines count.
  std::int64_t row() const { return row_; }
  /// The row whose quoted cell is never closed: the file ended, or the record grew past `most_record_bytes`.
  /// Nothing after it is read.
  std::optional<std::int64_t> unclosed_quote() const { return unclosed_; }

  static constexpr std::size_t most_record_bytes = 1U << 20U;

 private:
  explicit CsvReader(TextFile file, const std::string& path);
  bool fill();
  bool take_quoted();
  void take_plain();
  bool end_of_record();
  bool give_up();

  TextFile file_;
  std::string text_;  ///< decoded and not yet read
  std::size_t at_ = 0;
  bool ended_ = false;
  char delimiter_ = ',';
  std::string record_;  ///< the cells one after the other
  std::vector<std::size_t> ends_;
  std::int64_t row_ = 0;
  std::optional<std::int64_t> unclosed_;
};

/// What separates the cells of a table that begins so: , ; tab or |. The one that the first line holds and that
/// most of the next lines hold as often.
char detect_delimiter(std::string_view beginning);

}  // namespace battlemap::geo
