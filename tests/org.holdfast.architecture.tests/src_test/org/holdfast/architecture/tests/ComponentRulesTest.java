package org.holdfast.architecture.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule about components finds what breaks it, and only that. */
class ComponentRulesTest {

    @TempDir
    private Path folder;

    @Test
    void constructorsThatLookAlikeAreFound() throws IOException {
        Fixture fixture = new Fixture(folder).bundle("org.holdfast.vault")
                .file("bundles/org.holdfast.vault/src/org/holdfast/vault/Bad.java", """
                        package org.holdfast.vault;
                        @Component(service = Bad.class)
                        public final class Bad {
                            @Activate
                            public Bad(@Reference(cardinality = MULTIPLE, policy = STATIC) Map<String, Clock> a) {
                            }
                            public Bad(String b) {
                            }
                        }
                        """)
                .file("bundles/org.holdfast.vault/src/org/holdfast/vault/Good.java", """
                        package org.holdfast.vault;
                        @Component
                        public final class Good {
                            @Activate
                            public Good(@Reference A a, @Reference B b) {
                            }
                            public Good() {
                            }
                            public Good(A a) {
                            }
                            Good(A a, String b) {
                            }
                        }
                        """)
                .file("bundles/org.holdfast.vault/src/org/holdfast/vault/Value.java", """
                        package org.holdfast.vault;
                        public final class Value {
                            public Value(int a) {
                            }
                            public Value(long a) {
                            }
                        }
                        """);
        assertEquals(List.of("org.holdfast.vault/src/org/holdfast/vault/Bad.java: two public constructors have the same"
                + " number of parameters"), ComponentRules.constructorsDiffer(fixture.tree()));
    }
}
