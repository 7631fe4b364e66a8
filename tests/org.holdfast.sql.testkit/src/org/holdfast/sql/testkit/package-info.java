/**
 * Databases for tests: every test class that asks for it runs once with H2 in memory and once with a PostgreSQL server
 * that is started for the purpose. Knows nothing of the schema.
 */
@Version("1.0.0")
package org.holdfast.sql.testkit;

import org.osgi.annotation.versioning.Version;
