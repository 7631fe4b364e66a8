package org.holdfast.architecture.tests;

import java.util.List;

/** A rule of the architecture; see docs/architecture.md for what the rules are good for. */
@FunctionalInterface
interface Rule {

    /**
     * Looks at a tree.
     *
     * @return what breaks the rule, each with bundle and place; empty when nothing does
     */
    List<String> violations(Tree tree);
}
