package io.autonomos.jobs.cli.files;

import io.autonomos.mappings.lint.TestResult;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Test results in the XML form that CI systems read. */
final class JunitXml {

    private JunitXml() {}

    /** Writes one suite per file. */
    static void write(Path to, Map<String, List<TestResult>> results) throws IOException {
        try (Writer text = Files.newBufferedWriter(to)) {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            for (Map.Entry<String, List<TestResult>> suite : results.entrySet()) {
                xml.writeStartElement("testsuite");
                xml.writeAttribute("name", suite.getKey());
                xml.writeAttribute("tests", Integer.toString(suite.getValue().size()));
                long failed = suite.getValue().stream().filter(r -> !r.passed()).count();
                xml.writeAttribute("failures", Long.toString(failed));
                for (TestResult result : suite.getValue()) {
                    test(xml, suite.getKey(), result);
                }
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void test(XMLStreamWriter xml, String file, TestResult result)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", file);
        xml.writeAttribute("name", printable(result.test().name()));
        if (!result.passed()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", printable(result.problem().message()));
            xml.writeCharacters(printable(result.problem().toString()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** Without what XML 1.0 cannot hold. */
    private static String printable(String text) {
        return text.replaceAll("[^\\t\\n\\r -\\uD7FF\\uE000-\\uFFFD]", "?");
    }
}
