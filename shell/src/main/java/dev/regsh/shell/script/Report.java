// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.base.text.Printable;
import dev.regsh.file.Reason;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.session.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The expectations of a run as JUnit XML: a test case each, and one for whatever else stopped the script. */
public final class Report {
    private record Case(String name, double seconds, String failure) {}

    private final String suite;
    private final List<Case> cases = new ArrayList<>();

    /** @param suite the script */
    public Report(String suite) {
        this.suite = suite;
    }

    /** @param failure why it failed; empty: it passed */
    void add(Source source, Span span, double seconds, String failure) {
        String text = source.text().substring(span.offset(), span.offset() + span.length());
        cases.add(new Case("line " + span.line() + ": " + text.strip(), seconds, failure));
    }

    /** @throws Failure if the file cannot be written */
    public void write(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", Integer.toString(cases.size()));
            xml.writeAttribute("failures", Long.toString(cases.stream().filter(c -> !c.failure.isEmpty()).count()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("time", seconds(cases.stream().mapToDouble(Case::seconds).sum()));
            for (Case each : cases) {
                write(xml, each);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (IOException | XMLStreamException unwritable) {
            throw new Failure("the report " + file + " cannot be written: " + Reason.of(unwritable), "");
        }
    }

    private void write(XMLStreamWriter xml, Case each) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        // XML has no way to write most control characters.
        xml.writeAttribute("name", Printable.escape(each.name));
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("time", seconds(each.seconds));
        if (!each.failure.isEmpty()) {
            xml.writeEmptyElement("failure");
            xml.writeAttribute("message", Printable.escape(each.failure));
        }
        xml.writeEndElement();
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
