package org.holdfast.sql.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that runs once with H2 and once with PostgreSQL. Its methods may have a parameter of type
 * {@link TestDatabase}: a fresh database of that test alone. Without PostgreSQL on the machine or the class path its
 * half is reported as aborted.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(DatabaseTemplate.class)
public @interface EveryDatabase {
}
