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

# What every program of the preset "tsan" gets besides its own (the sources named here say why).
set(THIDUA_TSAN_OBJECTS "")
if(THIDUA_SANITIZE MATCHES thread)
  add_library(thidua_tsan OBJECT ${CMAKE_SOURCE_DIR}/tests/tsan/absl_sync.cc
                                 ${CMAKE_SOURCE_DIR}/tests/tsan/grpc_handover.cc)
  target_link_libraries(thidua_tsan PUBLIC absl::synchronization gRPC::grpc++ ${CMAKE_DL_LIBS})
  set(THIDUA_TSAN_OBJECTS thidua_tsan)
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
  target_link_libraries(${name} PRIVATE thidua_flags ${THIDUA_TSAN_OBJECTS} ${ARG_DEPS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

# thidua_test(NAME SOURCES x_test.cc DEPS x LABEL unit [DATABASE]): a GoogleTest program run by ctest.
# LABEL: unit (no process, no database), integration (real MariaDB or real gRPC), e2e. DATABASE: needs the
# MariaDB of the test run (see tests/support).
function(thidua_test name)
  cmake_parse_arguments(ARG "DATABASE" "LABEL;TIMEOUT" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE thidua_flags ${THIDUA_TSAN_OBJECTS} ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT})
  # testing::TempDir(): what a test leaves is replaced by its next run.
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/test-files/${name})
  set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "TEST_TMPDIR=${CMAKE_BINARY_DIR}/test-files/${name}")
  if(ARG_DATABASE)
    set_property(TEST ${name} APPEND PROPERTY FIXTURES_REQUIRED mariadb)
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT
                 "THIDUA_TEST_DB_SOCKET=${CMAKE_BINARY_DIR}/test-mariadb/socket")
  endif()
endfunction()

# Generated sources of all protos go to one folder, so that includes read as the packages do.
set(PROTO_OUT ${CMAKE_BINARY_DIR}/proto/gen)
set(PROTO_ROOTS -I ${CMAKE_SOURCE_DIR}/proto -I ${CMAKE_SOURCE_DIR}/proto/third_party)
file(MAKE_DIRECTORY ${PROTO_OUT})

# proto_library(NAME ROOT dir FILES a.proto DEPS x): files are relative to ROOT; *_service.proto also gets stubs.
function(proto_library name)
  cmake_parse_arguments(ARG "" "ROOT" "FILES;DEPS" ${ARGN})
  set(generated "")
  set(roots -I ${ARG_ROOT} ${PROTO_ROOTS})
  foreach(file ${ARG_FILES})
    string(REGEX REPLACE "\\.proto$" "" base ${file})
    set(outputs ${PROTO_OUT}/${base}.pb.h ${PROTO_OUT}/${base}.pb.cc)
    set(plugin "")
    if(base MATCHES "_service$")
      list(APPEND outputs ${PROTO_OUT}/${base}.grpc.pb.h ${PROTO_OUT}/${base}.grpc.pb.cc)
      set(plugin --grpc_out=${PROTO_OUT} --plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>)
    endif()
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND ${Protobuf_PROTOC_EXECUTABLE} ${roots} --cpp_out=${PROTO_OUT} ${plugin} ${file}
      DEPENDS ${ARG_ROOT}/${file}
      VERBATIM)
    list(APPEND generated ${outputs})
  endforeach()
  # A file that declares a service over the messages of another file (FeedService, AuditService) is referred to by
  # nobody, so a linker would leave its descriptor out, and with it the rpcs' policies: all of the archive is linked.
  add_library(${name}_archive STATIC ${generated})
  target_include_directories(${name}_archive SYSTEM PUBLIC ${PROTO_OUT})
  target_link_libraries(${name}_archive PUBLIC ${ARG_DEPS} gRPC::grpc++ protobuf::libprotobuf)
  add_library(${name} INTERFACE)
  target_link_libraries(${name} INTERFACE $<LINK_LIBRARY:WHOLE_ARCHIVE,${name}_archive> ${ARG_DEPS}
                        gRPC::grpc++ protobuf::libprotobuf)
  target_include_directories(${name} SYSTEM INTERFACE ${PROTO_OUT})
  # Headers of dependencies must exist before these sources compile.
  add_dependencies(${name} ${name}_archive)
  foreach(dependency ${ARG_DEPS})
    add_dependencies(${name}_archive ${dependency}_archive)
  endforeach()
endfunction()
