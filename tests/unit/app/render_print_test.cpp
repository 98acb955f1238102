// `render` to paper: formats by extension, paper sizes, resolution.
#include "disk_project.hpp"
#include "render/image.hpp"

namespace battlemap::app {
namespace {

class RenderPrint : public DiskProject {
 protected:
  Outcome render(const std::string& file, std::vector<std::string> more) const {
    std::vector<std::string> arguments{"render", project(),  "--map",  "rate", "--year",
                                       "2016",   "--level", "county", "--out", project() + "/" + file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_battlemap(arguments);
  }
};

TEST_F(RenderPrint, ExtensionsChooseTheFormat) {
  ASSERT_EQ(render("a.pdf", {"--size", "640x360"}).code, 0);
  ASSERT_EQ(render("a.svg", {"--size", "640x360"}).code, 0);
  EXPECT_EQ(read("a.pdf").substr(0, 7), "%PDF-1.");
  EXPECT_EQ(read("a.svg").substr(0, 5), "<?xml");
  const Outcome other = render("a.jpg", {"--size", "640x360"});
  EXPECT_EQ(other.code, 2);
  EXPECT_NE(other.err.find(".png, .pdf or .svg"), std::string::npos) << other.err;
}

TEST_F(RenderPrint, PaperHasItsPixelsAndTellsItsResolution) {
  ASSERT_EQ(render("a.png", {"--paper", "a5", "--landscape", "--dpi", "100"}).code, 0);
  const auto info = render::read_png_info(project() + "/a.png");
  EXPECT_EQ(info.width, 827);  // 210 mm
  EXPECT_EQ(info.height, 583);
  EXPECT_NEAR(info.dots_per_inch, 100, 0.05);
}

TEST_F(RenderPrint, SizeIsSaidOnceAndOnlyOnce) {
  EXPECT_EQ(render("a.pdf", {}).code, 2);
  EXPECT_EQ(render("a.pdf", {"--size", "640x360", "--paper", "A4"}).code, 2);
  EXPECT_EQ(render("a.pdf", {"--size", "640x360", "--landscape"}).code, 2);
  const Outcome unknown = render("a.pdf", {"--paper", "B4"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("A4"), std::string::npos) << unknown.err;
  const Outcome large = render("a.png", {"--paper", "A0", "--dpi", "2400"});
  EXPECT_EQ(large.code, 2);
  EXPECT_NE(large.err.find("lower --dpi"), std::string::npos) << large.err;
}

}  // namespace
}  // namespace battlemap::app
