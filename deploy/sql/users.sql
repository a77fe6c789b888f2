CREATE DATABASE IF NOT EXISTS thidua_@service@ CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS 'thidua_@service@_ddl'@'@host@';
ALTER USER 'thidua_@service@_ddl'@'@host@' IDENTIFIED BY '@ddl_password@' @tls@;
GRANT ALL PRIVILEGES ON thidua_@service@.* TO 'thidua_@service@_ddl'@'@host@';
CREATE USER IF NOT EXISTS 'thidua_@service@'@'@host@';
ALTER USER 'thidua_@service@'@'@host@' IDENTIFIED BY '@password@' @tls@;
