package org.holdfast.architecture.tests;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the component runtime asks of a class, and says only when a product is started. */
final class ComponentRules {

    private static final Pattern COMPONENT = Pattern.compile("@Component\\b");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record)\\s+(\\w+)");

    private ComponentRules() {
    }

    /**
     * R11: the runtime looks for the constructor of a component by the number of parameters among the public ones, and
     * takes the first that it finds.
     */
    static List<String> constructorsDiffer(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            for (SourceFile source : bundle.sources()) {
                Matcher type = TYPE.matcher(source.code());
                if (COMPONENT.matcher(source.code()).find() && type.find()) {
                    Set<Integer> seen = new HashSet<>();
                    Matcher constructor = Pattern.compile("\\bpublic\\s+" + type.group(1) + "\\s*\\(")
                            .matcher(source.code());
                    while (constructor.find()) {
                        if (!seen.add(parameters(source.code(), constructor.end()))) {
                            found.add(bundle.name() + "/" + source.path()
                                    + ": two public constructors have the same number of parameters");
                        }
                    }
                }
            }
        }
        return found;
    }

    /**
     * Counts the parameters behind an opening parenthesis; commas inside of annotations and type arguments are none.
     */
    private static int parameters(String code, int start) {
        int depth = 1;
        int commas = 0;
        boolean empty = true;
        for (int i = start; depth > 0; i++) {
            char c = code.charAt(i);
            if (c == '(' || c == '<') {
                depth++;
            } else if (c == ')' || c == '>') {
                depth--;
            } else if (c == ',' && depth == 1) {
                commas++;
            }
            empty &= Character.isWhitespace(c) || c == ')' && depth == 0;
        }
        return empty ? 0 : commas + 1;
    }
}
