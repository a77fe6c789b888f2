#include "platform/html.h"

#include "gtest/gtest.h"

namespace thidua::platform {
namespace {

TEST(EscapeHtml, WhatHasAMeaningInHtmlLosesIt) {
  EXPECT_EQ(EscapeHtml("<a href=\"x\" title='y'>&amp;</a>"),
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
}

TEST(EscapeHtml, EverythingElseStays) {
  EXPECT_EQ(EscapeHtml("Huyện Krông Nô: 100%\n`$;"), "Huyện Krông Nô: 100%\n`$;");
  EXPECT_EQ(EscapeHtml(""), "");
}

}  // namespace
}  // namespace thidua::platform
