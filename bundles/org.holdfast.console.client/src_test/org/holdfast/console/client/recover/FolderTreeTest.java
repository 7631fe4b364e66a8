package org.holdfast.console.client.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.FolderTree.Node;
import org.holdfast.console.client.recover.FolderTree.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FolderTreeTest {
    private final RecoverFixture f = new RecoverFixture();
    private final VaultConnection connection = f.connect();
    private final FolderTree tree = new FolderTree(connection, f.newer.summary(), f.ui, n -> {
    });

    @AfterEach
    void close() {
        f.close();
    }

    private void load(Node node) {
        tree.load(node);
        f.ui.until("folder is loaded", () -> node.state() != State.LOADING);
    }

    @Test
    void asksForNothingUntilAFolderIsExpanded() {
        assertEquals(State.UNKNOWN, tree.root().state());
        assertEquals("/srv", tree.root().label());
        assertEquals(List.of(), f.vault.pages());
    }

    @Test
    void showsFoldersOnlyAndKnowsEmptyOnes() {
        load(tree.root());
        assertEquals(State.LOADED, tree.root().state());
        assertEquals(List.of("a", "many"), tree.root().children().stream().map(Node::label).toList());
        Node a = tree.root().children().getFirst();
        load(a);
        Node docs = a.children().getFirst();
        assertEquals("/srv/a/Docs", docs.path().toString());
        assertEquals(State.LOADED, docs.state());
        assertSame(a, docs.parent());
    }

    @Test
    void looksThroughAMillionFilesOnlyInBatches() {
        load(tree.root());
        Node many = tree.root().children().getLast();
        f.vault.pages().clear();
        load(many);
        assertEquals(State.PARTIAL, many.state());
        assertEquals(FolderTree.BATCH, many.seen());
        assertEquals(RecoverFixture.MANY, many.total());
        assertEquals(20, f.vault.pages().size());
        load(many);
        assertEquals(2 * FolderTree.BATCH, many.seen());
    }

    @Test
    void aFailureKeepsWhatIsKnown() {
        load(tree.root());
        Node many = tree.root().children().getLast();
        f.vault.listingFails(new HoldfastException(Problem.OBJECT_MISSING, "A pack is missing.", "Verify."));
        load(many);
        assertEquals(State.FAILED, many.state());
        assertEquals(Problem.OBJECT_MISSING, many.failure().problem());
        f.vault.listingFails(null);
        load(many);
        assertEquals(State.PARTIAL, many.state());
    }
}
