// Packs: what comes out is what went in; damaged, foreign and outdated ones are refused; nothing is lost when one cannot
// be written.
#include "geo/pack.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <random>
#include <thread>

#include "geo/coverage.hpp"
#include "geo/pack_builder.hpp"
#include "geo/pack_contents.hpp"
#include "geo/pack_files.hpp"
#include "geo/pack_identity.hpp"
#include "layer_fixture.hpp"

namespace battlemap::geo {
namespace {

namespace fs = std::filesystem;

const std::string project_text =
    "[project]\ntitle = '省'\nyears = [2016]\n"
    "projection = '+proj=aea +lat_1=33 +lat_2=38 +lon_0=96 +datum=WGS84 +units=m'\n"
    "[[boundary]]\nlevel = 'village'\ndataset = 'divisions.gpkg'\nlayer = 'village'\nschematic = true\n"
    "[[boundary]]\nlevel = 'county'\ndataset = 'divisions.gpkg'\nlayer = 'county'\n"
    "[[water]]\nkind = 'lakes'\ndataset = 'divisions.gpkg'\nlayer = 'lake'\n"
    "[[statistics]]\nlevel = 'village'\ndataset = 'table.csv'\n";
const std::string indicator_text =
    "[[indicator]]\nid = 'people'\nname = { zh = '人口', en = 'People' }\nunit = { zh = '人', en = 'people' }\n"
    "kind = 'count'\n";

/// Two counties, one of four villages with a gap in the table, one without; a lake; a wrong row.
fs::path write_project() {
  const fs::path folder = test_folder();
  ::setenv("XDG_CACHE_HOME", fs::absolute(folder / "cache").c_str(), 1);
  const TestLayer villages{.name = "village",
                           .features = {{"630102100200", "一村", square(100, 36)},
                                        {"630102100201", "二村", square(101, 36)},
                                        {"630102101200", "三村", square(100, 37)},
                                        {"630102101201", "四村", square(101, 37)}}};
  const TestLayer counties{
      .name = "county",
      .features = {{"630102", "甲县", "POLYGON((100 36,101 36,102 36,102 37,102 38,101 38,100 38,100 37,100 36))"},
                   {"630103", "乙县", "POLYGON((102 36,104 36,104 38,102 38,102 37,102 36))"}}};
  const TestLayer lakes{.name = "lake", .features = {{"1", "湖", square(100.2, 36.2, 0.3)}}};
  write_layers(folder / "divisions.gpkg", {villages, counties, lakes});
  write_text(folder / "project.toml", project_text);
  write_text(folder / "indicators.toml", indicator_text);
  write_text(folder / "table.csv",
             "code,year,people\n630102100200,2016,10\n630102100201,2016,0\n630102101200,2016,\n630199999999,2016,5\n");
  return folder;
}

Dataset load_sources(const fs::path& folder) {
  Project project = read_project(folder);
  project.use_packs = false;
  return load_dataset(project);
}

void expect_same_tree(const DivisionTree& a, const DivisionTree& b) {
  for (const Level level : all_levels) {
    ASSERT_EQ(a.at(level).size(), b.at(level).size());
    for (std::size_t i = 0; i < a.at(level).size(); ++i) {
      const Division &x = a.at(level)[i], &y = b.at(level)[i];
      EXPECT_EQ(x.code, y.code);
      EXPECT_EQ(x.name, y.name);
      EXPECT_EQ(x.type, y.type);
      EXPECT_EQ(x.name_inferred, y.name_inferred);
      EXPECT_EQ(std::tie(x.parent, x.first_child, x.child_count), std::tie(y.parent, y.first_child, y.child_count));
    }
  }
}

void expect_same_outlines(const PolygonSet& a, const PolygonSet& b) {
  EXPECT_EQ(a.points, b.points);
  EXPECT_EQ(a.ring_begin, b.ring_begin);
  EXPECT_EQ(a.polygon_begin, b.polygon_begin);
}

void expect_same_coverages(const Dataset& a, const Dataset& b) {
  for (const Level level : all_levels) {
    const Coverage &x = a.coverage(level), &y = b.coverage(level);
    ASSERT_EQ(x.size(), y.size());
    EXPECT_EQ(x.cells, y.cells);
    EXPECT_EQ(x.ancestry, y.ancestry);
    expect_same_outlines(x.outlines(), y.outlines());
    for (std::size_t i = 0; i < x.size(); ++i) {
      EXPECT_EQ(x.boxes()[i].min_x, y.boxes()[i].min_x);
      EXPECT_EQ(x.boxes()[i].max_y, y.boxes()[i].max_y);
      EXPECT_EQ(x.anchor(i).at, y.anchor(i).at);
      EXPECT_EQ(x.anchor(i).radius, y.anchor(i).radius);
      PolygonSet one;
      one.append(x.outlines(), i);
      expect_same_outlines(one, y.outline(i));
    }
  }
}

void expect_same(const Dataset& a, const Dataset& b) {
  expect_same_tree(a.tree, b.tree);
  expect_same_coverages(a, b);
  expect_same_outlines(a.lakes, b.lakes);
  EXPECT_EQ(a.lake_names, b.lake_names);
  for (const Level level : all_levels) {
    const auto x = a.statistics.values("people", level, 2016), y = b.statistics.values("people", level, 2016);
    ASSERT_EQ(x.size(), y.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      EXPECT_EQ(x[i].status, y[i].status);
      EXPECT_EQ(x[i].value, y[i].value);
      EXPECT_EQ(x[i].reported, y[i].reported);
    }
  }
  ASSERT_EQ(a.problems.size(), b.problems.size());
  for (std::size_t i = 0; i < a.problems.size(); ++i) EXPECT_EQ(a.problems[i].message, b.problems[i].message);
  ASSERT_EQ(a.join_reports.size(), b.join_reports.size());
  EXPECT_EQ(a.join_reports[0].rows_without_division[0].code, b.join_reports[0].rows_without_division[0].code);
  EXPECT_EQ(a.join_reports[0].source, b.join_reports[0].source);
  EXPECT_EQ(a.boundary_reports.size(), b.boundary_reports.size());
  ASSERT_EQ(a.project.boundaries.size(), b.project.boundaries.size());
  EXPECT_EQ(a.project.boundaries[0].schematic, b.project.boundaries[0].schematic);
}

std::string read_bytes(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

TEST(Pack, GivesBackWhatTheSourcesGave) {
  const fs::path folder = write_project();
  const Dataset from_sources = load_sources(folder);
  EXPECT_EQ(build_pack(read_project(folder), {}, {}), folder / "project.pack");
  const Dataset from_pack = load_dataset(read_project(folder));
  ASSERT_NE(from_pack.pack, nullptr);
  expect_same(from_sources, from_pack);
  EXPECT_TRUE(from_pack.statistics.values("people", Level::village, 2016)[1].has_value());  // 0 is a value
  EXPECT_FALSE(from_pack.statistics.values("people", Level::village, 2016)[2].has_value());
}

TEST(Pack, TheSameDataGiveTheSameBytes) {
  const fs::path folder = write_project();
  build_pack(read_project(folder), folder / "a.pack", {});
  build_pack(read_project(folder), folder / "b.pack", {});
  EXPECT_EQ(read_bytes(folder / "a.pack"), read_bytes(folder / "b.pack"));
}

TEST(Pack, OpensWithoutItsSources) {
  const fs::path folder = write_project();
  const Dataset from_sources = load_sources(folder);
  const fs::path pack = fs::path(BATTLEMAP_TEST_OUT) / "carried.pack";
  build_pack(read_project(folder), pack, {});
  const fs::path away = folder.string() + "-away";
  fs::remove_all(away);
  fs::rename(folder, away);
  fs::path unpacked;
  {
    const Project project = read_project(pack);
    unpacked = project.folder;
    const Dataset from_pack = load_dataset(project);
    expect_same_coverages(from_sources, from_pack);
    EXPECT_EQ(from_pack.problems.size(), from_sources.problems.size());
    EXPECT_TRUE(fs::exists(unpacked));
  }
  EXPECT_FALSE(fs::exists(unpacked));  // temporary files go with the last user
}

TEST(Pack, ChangedSourcesAreReadAnew) {
  const fs::path folder = write_project();
  const auto expect_refused = [&](const std::string& why) {
    const Dataset data = load_dataset(read_project(folder));
    EXPECT_EQ(data.pack, nullptr);
    EXPECT_NE(data.pack_refused.find(why), std::string::npos) << data.pack_refused;
    build_pack(read_project(folder), {}, {});
    EXPECT_NE(load_dataset(read_project(folder)).pack, nullptr);
  };
  build_pack(read_project(folder), {}, {});
  write_text(folder / "table.csv", "code,year,people\n630102100200,2016,11\n");
  expect_refused("table.csv changed");
  write_text(folder / "indicators.toml", indicator_text + "decimals = 1\n");
  expect_refused("indicators.toml changed");
  write_text(folder / "divisions.cpg", "UTF-8");  // beside divisions.gpkg
  expect_refused("changed");
}

TEST(Pack, IsNotUsedWhereItIsNotWanted) {
  const fs::path folder = write_project();
  build_pack(read_project(folder), {}, {});
  EXPECT_EQ(load_sources(folder).pack, nullptr);
  EXPECT_EQ(load_sources(folder).pack_refused, "");
}

bool is_refused(const fs::path& file) {
  try {
    PackFile::open(file)->check_all();
    return false;
  } catch (const PackError&) {
    return true;
  }
}

TEST(Pack, EveryDamageIsNoticed) {
  const fs::path folder = write_project();
  const Dataset from_sources = load_sources(folder);
  const fs::path file = build_pack(read_project(folder), {}, {});
  const std::string good = read_bytes(file);
  std::mt19937 random(7);
  std::size_t refused = 0;
  for (int round = 0; round < 1000; ++round) {
    std::string bad = good;
    if (round % 4 == 0)
      bad.resize(random() % good.size());
    else if (round % 4 == 1)
      bad.append(1 + random() % 100, 'x');
    else
      bad[random() % bad.size()] = static_cast<char>(bad[random() % bad.size()] ^ (1U << random() % 8));
    if (bad == good) continue;
    write_bytes(file, bad);
    if (is_refused(file)) ++refused;
    if (is_refused(file) && round % 20 != 0) continue;
    // Of those not refused the bytes between two pieces were hit, which nobody reads.
    const Dataset data = load_dataset(read_project(folder));
    ASSERT_EQ(data.tree.at(Level::village).size(), 4U);
    ASSERT_EQ(find_places(data.tree, "630102100200").size(), 1U);  // a damaged index is made anew
    ASSERT_EQ(data.tree.names().levels[index_of(Level::village)].text, from_sources.tree.names().levels[index_of(Level::village)].text);
    expect_same_outlines(data.coverage(Level::county).outlines(), from_sources.coverage(Level::county).outlines());
  }
  EXPECT_GT(refused, 700U);
}

TEST(Pack, PiecesAreCheckedBeforeTheyAreHandedOut) {
  const fs::path folder = write_project();
  const fs::path file = build_pack(read_project(folder), folder / "x.pack", {});
  std::string bad = read_bytes(file);
  const PackName name = pack_name(PackKind::boxes, static_cast<std::size_t>(Level::village));
  const auto good = PackFile::open(file);
  const auto boxes = good->piece(name);
  const auto at = bad.find(std::string(reinterpret_cast<const char*>(boxes.data()), boxes.size()));
  ASSERT_NE(at, std::string::npos);
  bad[at + 9] ^= 1;
  write_bytes(folder / "bad.pack", bad);
  const auto pack = PackFile::open(folder / "bad.pack");
  EXPECT_NO_THROW(pack->piece(pack_name(PackKind::report)));
  for (int again = 0; again < 2; ++again) EXPECT_THROW(pack->piece(name), PackError);
  EXPECT_THROW(pack->check_all(), PackError);
}

TEST(Pack, ThatIsCutOffWhileItIsReadEndsTheProgramWithAMessage) {
  const fs::path folder = write_project();
  const fs::path file = build_pack(read_project(folder), folder / "x.pack", {});
  const auto read_cut = [&] {
    const auto pack = PackFile::open(file);
    fs::resize_file(file, 0);
    pack->check_all();
  };
  EXPECT_EXIT(read_cut(), ::testing::ExitedWithCode(1), "x.pack: was cut off");
}

TEST(Pack, SaysWhatIsWrongWithIt) {
  const fs::path folder = write_project();
  const fs::path file = build_pack(read_project(folder), folder / "x.pack", {});
  const std::string good = read_bytes(file);
  const auto reason = [&](const std::string& bytes) -> std::string {
    write_bytes(file, bytes);
    try {
      PackFile::open(file);
    } catch (const PackError& e) {
      return e.what();
    }
    return "opened";
  };
  EXPECT_EQ(reason(good), "opened");
  std::string newer = good;
  newer[8] = static_cast<char>(newer[8] + 1);
  EXPECT_NE(reason(newer).find("is a pack of version 4, this program makes and reads version 3"), std::string::npos);
  EXPECT_NE(reason(good.substr(0, 20)).find("too short"), std::string::npos);
  EXPECT_NE(reason(good.substr(0, good.size() - 1)).find("cut off"), std::string::npos);
  EXPECT_NE(reason("[project]" + good.substr(9)).find("is no pack"), std::string::npos);
  EXPECT_NE(reason("").find("x.pack"), std::string::npos);
}

/// The pieces of a pack with one number of one of them changed, and checksums that are right: what nobody but a foe makes.
void write_forged(const PackFile& good, const fs::path& file, std::mt19937& random) {
  std::vector<std::vector<std::byte>> data;
  std::vector<PackPiece> pieces;
  for (std::uint32_t kind = 0; kind <= static_cast<std::uint32_t>(PackKind::file); ++kind)
    for (std::uint32_t number = 0; number < 64; ++number)
      if (const PackName name{kind, number}; good.has(name)) {
        const auto bytes = good.piece(name);
        data.emplace_back(bytes.begin(), bytes.end());
        pieces.push_back({name, {}});
      }
  std::vector<std::byte>& victim = data[random() % data.size()];
  if (victim.size() >= 4) {
    const std::uint32_t number = random() % 2 == 0 ? random() : random() % 64;
    std::memcpy(victim.data() + random() % (victim.size() / 4) * 4, &number, 4);
  }
  if (random() % 8 == 0) victim.resize(victim.size() / 2);
  for (std::size_t i = 0; i < data.size(); ++i) pieces[i].data = data[i];
  write_pack_file(file, pieces);
}

TEST(Pack, ForgedNumbersLeadNowhere) {
  const fs::path folder = write_project();
  const fs::path made = build_pack(read_project(folder), folder / "good.pack", {});
  const auto good = PackFile::open(made);
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    write_forged(*good, folder / "forged.pack", random);
    try {
      const Dataset data = load_dataset(read_project(folder / "forged.pack"));
      for (const Level level : all_levels) {  // everything that numbers lead to
        const Coverage& coverage = data.coverage(level);
        coverage.outlines();
        for (std::size_t i = 0; i < coverage.size(); ++i) {
          coverage.outline(i), coverage.anchor(i);
          data.tree.path(coverage.cells[i]);
          coverage.parting_level(0, static_cast<std::uint32_t>(i));
        }
        data.statistics.values("people", level, 2016);
      }
    } catch (const Error&) {
      // Said so, which is as good.
    }
  }
}

TEST(Pack, CarriesNoFileOutOfItsFolder) {
  const fs::path folder = write_project();
  const std::string list = R"({"folder":"/x","files":[{"name":"../out.toml","dataset":""}]})";
  const std::string text = "x";
  const std::vector<PackPiece> pieces{
      pack_piece(pack_name(PackKind::file_names), std::span(list.data(), list.size())),
      pack_piece(pack_name(PackKind::file, 0), std::span(text.data(), text.size()))};
  write_pack_file(folder / "evil.pack", pieces);
  EXPECT_THROW(read_project(folder / "evil.pack"), PackError);
  EXPECT_FALSE(fs::exists(fs::temp_directory_path() / "out.toml"));
}

/// As a full disk: no file may grow beyond `bytes`.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST(Pack, AFullDiskLeavesNoHalfPack) {
  const fs::path folder = write_project();
  const Dataset data = load_sources(folder);
  {
    const FullDisk full(2000);
    EXPECT_THROW(pack_loaded(data, {}), WriteError);
  }
  for (const auto& entry : fs::directory_iterator(folder)) EXPECT_EQ(entry.path().string().find(".pack"), std::string::npos) << entry.path();
  EXPECT_EQ(pack_loaded(data, {}), folder / "project.pack");
}

TEST(Pack, OneOfTwoProcessesMakesIt) {
  const fs::path folder = write_project();
  const Dataset data = load_sources(folder);
  const fs::path lock = pack_places(data.project).back().string() + ".lock";
  fs::create_directories(lock.parent_path());
  const int other = ::open(lock.c_str(), O_RDWR | O_CREAT, 0644);  // a lock of its own, as another process has
  ASSERT_EQ(::flock(other, LOCK_EX), 0);
  EXPECT_EQ(pack_loaded(data, {}), fs::path());  // does not wait
  EXPECT_FALSE(fs::exists(folder / "project.pack"));
  fs::path made;
  std::thread waits([&] { made = build_pack(read_project(folder), {}, {}); });
  ::close(other);
  waits.join();
  EXPECT_EQ(made, folder / "project.pack");
}

TEST(Pack, IsNotMadeOfSourcesThatChangedMeanwhile) {
  const fs::path folder = write_project();
  const Dataset data = load_sources(folder);
  write_text(folder / "table.csv", "code,year,people\n630102100200,2016,12\n");
  EXPECT_EQ(pack_loaded(data, {}), fs::path());
  EXPECT_FALSE(fs::exists(folder / "project.pack"));
}

TEST(Pack, StaysValidWhenItsFolderMoves) {
  const fs::path folder = write_project();
  build_pack(read_project(folder), {}, {});
  const fs::path moved = folder.string() + "-moved";
  fs::remove_all(moved);
  fs::rename(folder, moved);
  EXPECT_NE(load_dataset(read_project(moved)).pack, nullptr);
}

TEST(Pack, ACrowdOfFilesBelongsToASource) {
  const fs::path folder = test_folder();
  for (const char* name : {"a.shp", "a.dbf", "a.shp.xml", "ab.shp", "a.pack", "b.dbf"}) write_text(folder / name, "x");
  EXPECT_EQ(files_of_source((folder / "a.shp").string()),
            (std::vector<fs::path>{folder / "a.dbf", folder / "a.shp", folder / "a.shp.xml"}));
  EXPECT_TRUE(files_of_source("PG:dbname=x").empty());
}

}  // namespace
}  // namespace battlemap::geo
