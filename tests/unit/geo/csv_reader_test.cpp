#include "geo/csv_reader.hpp"

#include <gtest/gtest.h>

#include "geo/error.hpp"
#include "layer_fixture.hpp"

namespace battlemap::geo {
namespace {

using CsvRecords = std::vector<std::vector<std::string>>;

std::string file_of(std::string_view text) {
  const auto file = test_folder() / "a.csv";
  write_text(file, std::string(text));
  return file.string();
}

CsvRecords read(std::string_view text) {
  CsvReader reader(file_of(text));
  CsvRecords rows;
  std::vector<std::string_view> cells;
  while (reader.next(cells)) {
    rows.push_back({std::to_string(reader.row())});
    rows.back().insert(rows.back().end(), cells.begin(), cells.end());
  }
  return rows;
}

TEST(CsvReader, KnowsTheLineEndsOfAllSystems) {
  const CsvRecords expected{{"1", "a", "b"}, {"2", "1", "2"}, {"3", ""}, {"4", "3", "4"}};
  EXPECT_EQ(read("a,b\n1,2\n\n3,4\n"), expected);
  EXPECT_EQ(read("a,b\r\n1,2\r\n\r\n3,4"), expected);
  EXPECT_EQ(read("a,b\r1,2\r\r3,4\r"), expected);
}

TEST(CsvReader, TakesQuotesAsSpreadsheetsDo) {
  EXPECT_EQ(read("\"a,1\",b\"c,\"d\"\"e\",\"two\nlines\",\"f\"g,\"\"\n"),
            (CsvRecords{{"1", "a,1", "b\"c", "d\"e", "two\nlines", "fg", ""}}));
}

TEST(CsvReader, FindsTheDelimiter) {
  EXPECT_EQ(read("a;b\n1,5;2\n"), (CsvRecords{{"1", "a", "b"}, {"2", "1,5", "2"}}));
  EXPECT_EQ(read("a\tb\n1\t2\n"), (CsvRecords{{"1", "a", "b"}, {"2", "1", "2"}}));
  EXPECT_EQ(read("\"a;x\",b\n\"1;2;3\",4\n"), (CsvRecords{{"1", "a;x", "b"}, {"2", "1;2;3", "4"}}));
  EXPECT_EQ(read("title\na;b;c\n1;2;3\n"),
            (CsvRecords{{"1", "title"}, {"2", "a", "b", "c"}, {"3", "1", "2", "3"}}));
  EXPECT_EQ(detect_delimiter(""), ',');
}

TEST(CsvReader, StopsAtAQuoteThatIsNeverClosed) {
  CsvReader reader(file_of("a,b\n1,2\n\"3,4\n5,6\n"));
  std::vector<std::string_view> cells;
  EXPECT_TRUE(reader.next(cells) && reader.next(cells));
  EXPECT_FALSE(reader.next(cells));
  EXPECT_EQ(reader.unclosed_quote(), 3);
}

TEST(CsvReader, NeedsTheMemoryOfOneRecord) {
  CsvReader reader(file_of("a\n\"" + std::string(3 * CsvReader::most_record_bytes, 'x') + "\"\n1\n"));
  std::vector<std::string_view> cells;
  EXPECT_TRUE(reader.next(cells));
  EXPECT_FALSE(reader.next(cells));
  EXPECT_EQ(reader.unclosed_quote(), 2);
}

TEST(CsvReader, CellsMayLieOnTheBordersOfPieces) {
  std::string text;
  CsvRecords expected;
  for (int i = 0; text.size() < 700000; ++i) {
    const std::string cell(static_cast<std::size_t>(i % 97), 'x');
    text += "\"" + cell + "\"\"\"," + std::to_string(i) + "\r\n";
    expected.push_back({std::to_string(i + 1), cell + "\"", std::to_string(i)});
  }
  EXPECT_EQ(read(text), expected);
}

TEST(CsvReader, SaysWhatIsNoText) {
  const auto error = [](std::string_view text) {
    try {
      read(text);
    } catch (const Error& e) {
      return std::string(e.what());
    }
    return std::string("no error");
  };
  EXPECT_NE(error("PK\x03\x04rest").find("a zip archive, perhaps a spreadsheet"), std::string::npos);
  EXPECT_NE(error("\xD0\xCF\x11\xE0rest").find("an old spreadsheet"), std::string::npos);
  EXPECT_NE(error("SQLite format 3").find("a database"), std::string::npos);
  EXPECT_NE(error(std::string(100, '\0')).find("zero bytes"), std::string::npos)
      << error(std::string(100, '\0'));
}

}  // namespace
}  // namespace battlemap::geo
