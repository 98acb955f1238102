// Text files: finding the encoding, decoding, cutting into cells. The first byte says how the rest is cut into pieces.
#include <vector>

#include "fuzz.hpp"
#include "geo/csv_reader.hpp"

using namespace battlemap::geo;
using battlemap::fuzz::require;

namespace {

std::string decoded(std::string_view bytes, Encoding encoding, std::size_t piece) {
  TextDecoder decoder(encoding);
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += piece) decoder.decode(bytes.substr(at, piece), text);
  decoder.finish(text);
  return text;
}

EncodingGuess guessed(std::string_view bytes, std::size_t piece) {
  EncodingDetector detector;
  for (std::size_t at = 0; at < bytes.size(); at += piece) detector.add(bytes.substr(at, piece));
  return detector.guess();
}

using Rows = std::vector<std::vector<std::string>>;
Rows rows_of(CsvReader reader) {
  Rows rows;
  std::vector<std::string_view> cells;
  std::int64_t last = 0;
  while (reader.next(cells)) {
    require(!cells.empty() && reader.row() == last + 1, "every record has a cell and a number");
    last = reader.row();
    rows.emplace_back(cells.begin(), cells.end());
  }
  require(!reader.next(cells), "the end stays the end");
  return rows;
}

std::string quoted(const Rows& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += i == 0 ? "\"" : ",\"";
      for (const char c : row[i]) text += c == '"' ? "\"\"" : std::string(1, c);
      text += '"';
    }
    text += '\n';
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  battlemap::fuzz::Input input(data, size);
  const std::size_t piece = 1 + input.choice(16);
  const std::string_view bytes = input.rest();

  const EncodingGuess whole = guessed(bytes, bytes.size() + 1), pieces = guessed(bytes, piece);
  require(whole.encoding == pieces.encoding && whole.confidence == pieces.confidence && whole.mark == pieces.mark,
          "a guess does not depend on the pieces");
  require(whole.confidence >= 0 && whole.confidence <= 1 && whole.mark <= bytes.size(), "a guess is within bounds");
  for (const Encoding encoding : {Encoding::utf8, Encoding::gb18030, Encoding::utf16le, Encoding::utf16be}) {
    const std::string text = decoded(bytes, encoding, bytes.size() + 1);
    require(text == decoded(bytes, encoding, piece), "a text does not depend on the pieces");
    // What was decoded is well-formed: decoding it again changes nothing.
    require(decoded(text, Encoding::utf8, text.size() + 1) == text, "a decoded text is well-formed");
  }

  static const battlemap::fuzz::ScratchFolder folder;
  battlemap::fuzz::answered([&] {
    const std::string file = folder.write("any.csv", bytes);
    const Rows rows = rows_of(CsvReader(file));
    if (rows.empty()) return;
    // What was read, written with every cell quoted, is read as the same cells. A file of line ends alone has one
    // empty cell a row, which is what an empty quoted cell is, too.
    EncodingGuess utf8;
    utf8.stated = true;
    CsvReader reader(folder.write("again.csv", quoted(rows)), utf8);
    if (reader.delimiter() != ',') return;  // the cells' own text can look more like a table
    require(rows_of(std::move(reader)) == rows, "cells that were quoted come back");
  });
  return 0;
}
