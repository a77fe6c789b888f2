// A path template as an OpenAPI path: wildcards become named parameters.
#pragma once

#include <string>
#include <vector>

#include "gateway/path_template.h"

namespace thidua::gateway {

struct OpenApiPath {
  struct Parameter {
    std::string name;       // "plan"
    size_t segment = 0;     // of the template
    bool rest = false;      // "**"
    std::string variable;   // the field it is a part of; "" when it goes nowhere
    std::string form = {};  // "plans/{plan}": what the whole field looks like; "" when it is all
  };
  std::string path;
  std::vector<Parameter> parameters;
};

OpenApiPath ToOpenApiPath(const PathTemplate& path_template);

}  // namespace thidua::gateway
