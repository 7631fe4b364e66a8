package org.holdfast.sql.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once with H2 and once with PostgreSQL; stands in place of {@code @Test}. The method, and those that
 * run before each test, may have a parameter of type {@link TestDatabase}: a fresh database of that run alone. Without
 * PostgreSQL on the machine or the class path its half is reported as aborted.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(DatabaseTemplate.class)
public @interface EveryDatabase {
}
