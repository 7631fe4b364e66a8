package org.holdfast.sql.testkit;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Runs a test for each database; see {@link EveryDatabase}. */
final class DatabaseTemplate implements TestTemplateInvocationContextProvider {

    private static final Namespace NAMESPACE = Namespace.create(DatabaseTemplate.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return Stream.of(new Invocation("H2"), new Invocation("PostgreSQL"));
    }

    private record Invocation(String database) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int index) {
            return database;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(database.equals("H2") ? new Embedded() : new Postgres());
        }
    }

    /** Gives each test its database; the store closes it afterwards. */
    private abstract static class Provider implements ParameterResolver {

        abstract TestDatabase newDatabase(ExtensionContext context);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestDatabase.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(NAMESPACE).getOrComputeIfAbsent("database", key -> newDatabase(context),
                    TestDatabase.class);
        }
    }

    private static final class Embedded extends Provider {

        @Override
        TestDatabase newDatabase(ExtensionContext context) {
            return TestDatabase.h2();
        }
    }

    private static final class Postgres extends Provider implements BeforeEachCallback {

        @Override
        public void beforeEach(ExtensionContext context) {
            if (!PostgresServer.isAvailable()) {
                throw new TestAbortedException("there is no PostgreSQL on this machine or the class path");
            }
        }

        @Override
        TestDatabase newDatabase(ExtensionContext context) {
            return context.getRoot().getStore(NAMESPACE)
                    .getOrComputeIfAbsent(PostgresServer.class, key -> PostgresServer.start(), PostgresServer.class)
                    .newDatabase();
        }
    }
}
