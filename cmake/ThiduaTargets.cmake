# How libraries, programs and tests of Thi Đua are declared.
set(THIDUA_SANITIZE "" CACHE STRING "Sanitizers for all code, for example address,undefined")

add_library(thidua_flags INTERFACE)
target_compile_options(thidua_flags INTERFACE -Wall -Wextra -Werror -Wno-unused-parameter)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  target_compile_options(thidua_flags INTERFACE -Wthread-safety)
endif()
target_include_directories(thidua_flags INTERFACE ${CMAKE_SOURCE_DIR}/services)

if(THIDUA_SANITIZE)
  add_compile_options(-fsanitize=${THIDUA_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${THIDUA_SANITIZE})
endif()
if(LLD_LINKER)
  add_link_options(-fuse-ld=lld)
endif()

# thidua_library(NAME SOURCES a.cc b.cc DEPS x y): a static library.
function(thidua_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC thidua_flags ${ARG_DEPS})
endfunction()

# thidua_program(NAME SOURCES main.cc DEPS x): an executable, in <build>/bin.
function(thidua_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE thidua_flags ${ARG_DEPS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

# thidua_test(NAME SOURCES x_test.cc DEPS x LABEL unit [DATABASE]): a GoogleTest program run by ctest.
# LABEL: unit (no process, no database), integration (real MariaDB or real gRPC), e2e. DATABASE: needs the
# MariaDB of the test run (see tests/support).
function(thidua_test name)
  cmake_parse_arguments(ARG "DATABASE" "LABEL;TIMEOUT" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE thidua_flags ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT})
  if(ARG_DATABASE)
    set_property(TEST ${name} APPEND PROPERTY FIXTURES_REQUIRED mariadb)
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT
                 "THIDUA_TEST_DB_SOCKET=${CMAKE_BINARY_DIR}/test-mariadb/socket")
  endif()
endfunction()
