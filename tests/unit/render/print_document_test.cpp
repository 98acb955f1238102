#include "render/print_document.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "geo/error.hpp"
#include "synthetic_coverage.hpp"
#include "tiny_atlas.hpp"

namespace battlemap::render {
namespace {

namespace fs = std::filesystem;
using testing::tiny_atlas;

/// What a command prints (standard error too), and its exit code.
struct Output {
  int code = -1;
  std::string text;
  bool has(const std::string& part) const { return text.find(part) != std::string::npos; }
};
Output run(const std::string& command) {
  Output out;
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.text.append(buffer.data(), n);
  out.code = ::pclose(pipe);
  return out;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

class Print : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(BATTLEMAP_TEST_OUT) / "print" /
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    ::setenv("SOURCE_DATE_EPOCH", "1484636400", 1);  // 2017-01-17 07:00 UTC
  }
  void TearDown() override { ::unsetenv("SOURCE_DATE_EPOCH"); }

  static std::shared_ptr<PrintFonts> fonts() {
    static const auto shared = std::make_shared<PrintFonts>(std::make_shared<const TextEngine>());
    return shared;
  }
  static Sheet sheet(const std::string& map = "rate") {
    SheetRequest request;
    request.map = map, request.year = 2015, request.width = 1200, request.height = 800;
    request.level = geo::Level::county;
    return compose(*tiny_atlas(), fonts()->text(), request);
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string written(const std::string& name, const Sheet& s, const PageOptions& options = {}) const {
    write_sheet_print(s, fonts(), path(name), options);
    return path(name);
  }
  fs::path folder_;
};

/// A sheet without a map, for texts alone.
Sheet texts(const std::vector<TextItem>& items) {
  Sheet out;
  out.width = 800, out.height = 600, out.background = {255, 255, 255};
  Layer layer{"words", {}, {}};
  for (const auto& item : items) layer.items.emplace_back(item);
  out.layers.push_back(std::move(layer));
  return out;
}
TextItem text_at(const std::string& text, float x, float y, float size) {
  TextItem item;
  item.text = text, item.origin = {x, y}, item.style.size = size, item.style.colour = {0, 0, 0};
  return item;
}

TEST_F(Print, IsAValidPdf) {
  const auto check = run("qpdf --check " + written("a.pdf", sheet()));
  EXPECT_EQ(check.code, 0) << check.text;
  EXPECT_TRUE(check.has("No syntax or stream encoding errors")) << check.text;
  EXPECT_FALSE(check.has("WARNING")) << check.text;
}

TEST_F(Print, FontsAreEmbeddedCutAndMapped) {
  std::istringstream lines(run("pdffonts " + written("a.pdf", sheet())).text);
  std::string line;
  int fonts_seen = 0;
  while (std::getline(lines, line)) {
    if (line.find('+') == std::string::npos) continue;
    ++fonts_seen;
    EXPECT_NE(line.find("yes yes yes"), std::string::npos) << line;
    EXPECT_EQ(line.find("Type 3"), std::string::npos) << line;
  }
  EXPECT_EQ(fonts_seen, 2) << "regular and bold";
  EXPECT_LT(fs::file_size(path("a.pdf")), 300'000U);
}

TEST_F(Print, SaysWhatItIs) {
  auto s = sheet();
  s.metadata.emplace_back("Author", "青海省");
  const auto info = run("pdfinfo " + written("a.pdf", s, {PageSize{297, 210}, ""}));
  EXPECT_TRUE(info.has("297 x 210") || info.has("841.89 x 595.276 pts (A4)")) << info.text;
  EXPECT_TRUE(info.has("Author:          青海省")) << info.text;
  EXPECT_TRUE(info.has("Creator:         battlemap")) << info.text;
  EXPECT_TRUE(info.has("2017")) << info.text;
  const auto title = document_info(s).title;
  ASSERT_FALSE(title.empty());
  EXPECT_TRUE(info.has("Title:           " + title)) << info.text;
}

TEST_F(Print, PageIsAsLargeAsTheSheet) {
  auto s = sheet();
  s.dots_per_inch = 150;  // 8 x 5 1/3 inches
  EXPECT_TRUE(run("pdfinfo " + written("a.pdf", s)).has("576 x 384 pts"));
}

TEST_F(Print, LayersAreNamed) {
  const auto dump = run("qpdf --qdf --object-streams=disable " + written("a.pdf", sheet()) + " -");
  for (const std::string name : {"background", "areas", "borders", "labels", "title", "legend"})
    EXPECT_TRUE(dump.has("/Name (" + name + ")")) << name;
  EXPECT_TRUE(dump.has("/OCProperties"));
  EXPECT_TRUE(dump.has("/Type /OCG"));
}

TEST_F(Print, TextCanBeFound) {
  auto spaced = text_at("海西蒙古族藏族自治州", 50, 200, 20);
  spaced.style.letter_spacing = 6, spaced.style.halo = {255, 255, 255}, spaced.style.halo_width = 2;
  auto figures = text_at("1,234.5 万人 · 12.4%", 50, 300, 15);
  figures.style.tabular = true, figures.style.weight = Weight::bold;
  const auto file = written("a.pdf", texts({text_at("贫困发生率 Poverty rate", 50, 100, 30), spaced, figures,
                                            text_at("fi ffi e\u0301 \U0001F3E0 \u0645\u0631\u062D\u0628\u0627", 50, 400, 20)}));
  EXPECT_EQ(run("qpdf --check " + file).code, 0);
  const auto found = run("pdftotext -layout " + file + " -");
  for (const std::string wanted : {"贫困发生率 Poverty rate", "海西蒙古族藏族自治州", "1,234.5 万人 · 12.4%"})
    EXPECT_TRUE(found.has(wanted)) << wanted << " in:\n" << found.text;
  const auto first = found.text.find("海西蒙古族藏族自治州");
  EXPECT_EQ(found.text.find("海西", first + 1), std::string::npos) << "the halo is no second text";
}

TEST_F(Print, TextStandsWhereTheSheetHasIt) {
  std::vector<TextItem> items;
  for (int i = 0; i < 8; ++i)
    items.push_back(text_at("第" + std::to_string(i) + "村Village", 40.0F + 57.3F * static_cast<float>(i),
                            60.0F + 61.7F * static_cast<float>(i), 9.0F + 3 * static_cast<float>(i)));
  const auto found = run("pdftotext -bbox " + written("a.pdf", texts(items)) + " -");
  constexpr double point = 25.4 / 72, pixel = 25.4 / 96;  // mm
  std::istringstream lines(found.text);
  std::string line;
  std::size_t i = 0;
  while (std::getline(lines, line)) {
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    if (std::sscanf(line.c_str(), " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &x0, &y0, &x1, &y1) != 4)
      continue;
    ASSERT_LT(i, items.size());
    const auto& item = items[i++];
    const auto width = fonts()->text().width(item.text, item.style);
    EXPECT_NEAR(x0 * point, static_cast<double>(item.origin.x) * pixel, 0.1) << item.text;
    EXPECT_NEAR(x1 * point, static_cast<double>(item.origin.x + width) * pixel, 0.1) << item.text;
    EXPECT_LT(y0 * point, static_cast<double>(item.origin.y) * pixel);
    EXPECT_GT(y1 * point, static_cast<double>(item.origin.y) * pixel - 0.5);
  }
  EXPECT_EQ(i, items.size()) << found.text;
}

TEST_F(Print, SameSheetsMakeTheSameBytes) {
  const auto a = bytes_of(written("a.pdf", sheet())), b = bytes_of(written("b.pdf", sheet()));
  EXPECT_FALSE(a.empty());
  EXPECT_EQ(a, b);
}

TEST_F(Print, ADateThatIsNoneIsAnError) {
  ::setenv("SOURCE_DATE_EPOCH", "yesterday", 1);
  EXPECT_THROW(written("a.pdf", sheet()), geo::Error);
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(Print, BooksHaveBookmarksLabelsAndLinks) {
  PrintDocument book(path("a.pdf"), PrintFormat::pdf, fonts(), {"档案", "青海省", "", "", "zh-CN"});
  const auto contents = book.add_page(texts({text_at("目录", 100, 100, 30)}), {PageSize{148, 210}, "i"});
  std::vector<std::size_t> pages;
  for (const std::string name : {"rate", "share", "people"}) pages.push_back(book.add_page(sheet(name)));
  book.add_link(contents, {100, 70, 200, 40}, pages[2]);
  book.add_bookmark("目录", contents);
  book.add_bookmark("甲村", pages[0]);
  book.add_bookmark("贫困发生率", pages[0], 1);
  book.add_bookmark("人口", pages[2], 1);
  book.add_bookmark("乙村", pages[1]);
  book.finish();
  EXPECT_EQ(run("qpdf --check " + path("a.pdf")).code, 0);
  EXPECT_TRUE(run("pdfinfo -l 9 " + path("a.pdf")).has("Pages:           4"));
  const auto outline = run("qpdf --json=1 --json-key=outlines --json-key=pagelabels " + path("a.pdf"));
  for (const std::string title : {"目录", "甲村", "贫困发生率", "人口", "乙村"})
    EXPECT_TRUE(outline.has("\"title\": \"" + title + "\"")) << title << outline.text;
  EXPECT_TRUE(outline.has("\"destpageposfrom1\": 4")) << outline.text;
  EXPECT_TRUE(outline.has("\"/P\": \"i\"")) << outline.text;
  EXPECT_TRUE(run("qpdf --qdf --object-streams=disable " + path("a.pdf") + " -").has("/Subtype /Link"));
  // One group for each name, however many pages have it.
  const auto dump = run("qpdf --qdf --object-streams=disable " + path("a.pdf") + " -").text;
  const auto first = dump.find("/Name (borders)");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(dump.find("/Name (borders)", first + 1), std::string::npos);
}

TEST_F(Print, MistakesOfABookAreSaid) {
  {
    PrintDocument book(path("a.pdf"), PrintFormat::pdf, fonts(), {});
    EXPECT_THROW(book.finish(), geo::Error) << "no page";
  }
  {
    PrintDocument book(path("a.pdf"), PrintFormat::pdf, fonts(), {});
    book.add_page(sheet());
    EXPECT_THROW(book.add_link(5, {0, 0, 1, 1}, 0), geo::Error);
    book.add_bookmark("nowhere", 7);
    EXPECT_THROW(book.finish(), geo::Error);
  }
  PrintDocument drawing(path("a.svg"), PrintFormat::svg, fonts(), {});
  drawing.add_page(sheet());
  EXPECT_THROW(drawing.add_page(sheet()), geo::Error);
}

TEST_F(Print, NothingIsLeftOfAnUnfinishedFile) {
  {
    PrintDocument book(path("a.pdf"), PrintFormat::pdf, fonts(), {});
    book.add_page(sheet());
  }
  EXPECT_TRUE(fs::is_empty(folder_));
  EXPECT_THROW(PrintDocument(path("no/such/folder/a.pdf"), PrintFormat::pdf, fonts(), {}), geo::Error);
  EXPECT_THROW(written("a.tiff", sheet()), geo::Error);
}

TEST_F(Print, AFullDiskIsSaid) {
  fs::create_symlink("/dev/full", folder_ / "a.pdf");
  try {
    written("a.pdf", sheet());
    FAIL() << "written to a full disk";
  } catch (const geo::Error& e) {
    EXPECT_NE(std::string(e.what()).find("No space left"), std::string::npos) << e.what();
  }
}

TEST_F(Print, SvgIsOneDrawing) {
  const auto svg = bytes_of(written("a.svg", sheet()));
  EXPECT_NE(svg.find("<svg"), std::string::npos);
  EXPECT_NE(svg.find("</svg>"), std::string::npos);
  EXPECT_NE(svg.find("width=\"900pt\" height=\"600pt\""), std::string::npos) << svg.substr(0, 300);
  EXPECT_EQ(svg.find("<image"), std::string::npos) << "vectors only";
  EXPECT_NE(svg.find("<title>" + document_info(sheet()).title + "</title>"), std::string::npos);
}

TEST_F(Print, ThreadsMakeDocumentsAtOnce) {
  const auto shared = std::make_shared<PrintFonts>(std::make_shared<const TextEngine>());
  const auto make = [&](int thread) {
    for (int i = 0; i < 3; ++i)
      write_sheet_print(sheet(i % 2 ? "rate" : "people"), shared, path(std::to_string(thread * 10 + i) + ".pdf"));
  };
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) threads.emplace_back(make, t);
  }
  for (int t = 0; t < 4; ++t)
    EXPECT_EQ(run("qpdf --check " + path(std::to_string(t * 10) + ".pdf")).code, 0);
}

}  // namespace
}  // namespace battlemap::render
