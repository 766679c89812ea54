package io.tokensync.testkit.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import tools.jackson.databind.JsonNode;

/** One tab: goes to pages, runs scripts in them, and remembers what they complained of. */
public final class Tab {
    private final Devtools devtools;
    private final String session;
    private final int width;

    private Tab(Devtools devtools, String session, int width) {
        this.devtools = devtools;
        this.session = session;
        this.width = width;
    }

    static Tab of(Devtools devtools, String session, int width, int height, boolean dark) throws InterruptedException {
        Tab tab = new Tab(devtools, session, width);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            tab.call(domain + ".enable", "{}");
        }
        tab.resize(height);
        tab.call("Emulation.setEmulatedMedia", "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\""
                + (dark ? "dark" : "light") + "\"}]}");
        return tab;
    }

    /** Goes to an address; returns when the document is there, perhaps without its pictures and scripts' results. */
    public void go(String address) throws InterruptedException {
        call("Page.navigate", "{\"url\":\"" + address + "\"}");
        eval("document.readyState !== 'loading'"
                + " || new Promise(parsed => document.addEventListener('DOMContentLoaded', () => parsed(true)))");
    }

    /** The value of an expression, which may be a promise. */
    public JsonNode eval(String expression) throws InterruptedException {
        JsonNode answer = call("Runtime.evaluate", "{\"expression\":" + Devtools.JSON.writeValueAsString(expression)
                + ",\"returnByValue\":true,\"awaitPromise\":true}");
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** The text of an expression's value. */
    public String text(String expression) throws InterruptedException {
        return eval("String(" + expression + ")").asString();
    }

    /** Presses and releases a key that writes nothing: {@code Tab}, {@code Enter}. */
    public void press(String key, int code) throws InterruptedException {
        String text = key.equals("Enter") ? ",\"text\":\"\\r\"" : "";
        String common = ",\"key\":\"" + key + "\",\"code\":\"" + key + "\",\"windowsVirtualKeyCode\":" + code + "}";
        call("Input.dispatchKeyEvent",
                "{\"type\":\"" + (text.isEmpty() ? "rawKeyDown" : "keyDown") + "\"" + text + common);
        call("Input.dispatchKeyEvent", "{\"type\":\"keyUp\"" + common);
    }

    /** What the page logged as an error, threw, or was rejected; each as the browser says it. */
    public List<String> complaints() {
        return devtools.events(session).stream().filter(Tab::isComplaint).map(JsonNode::toString).toList();
    }

    /** Addresses that the page has asked for. */
    public List<String> requests() {
        return devtools.events(session).stream()
                .filter(event -> event.path("method").asString("").equals("Network.requestWillBeSent"))
                .map(event -> event.path("params").path("request").path("url").asString()).toList();
    }

    /** A picture of the whole page. */
    public void screenshot(Path file) throws IOException, InterruptedException {
        resize(eval("document.documentElement.scrollHeight").asInt());
        JsonNode answer = call("Page.captureScreenshot", "{\"format\":\"png\",\"captureBeyondViewport\":true}");
        Files.write(file, Base64.getDecoder().decode(answer.path("data").asString()));
    }

    private void resize(int height) throws InterruptedException {
        call("Emulation.setDeviceMetricsOverride", "{\"width\":" + width + ",\"height\":" + height
                + ",\"deviceScaleFactor\":1,\"mobile\":" + (width < 600) + "}");
    }

    private JsonNode call(String method, String parameters) throws InterruptedException {
        return devtools.call(method, parameters, session);
    }

    private static boolean isComplaint(JsonNode event) {
        JsonNode parameters = event.path("params");
        return switch (event.path("method").asString("")) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" -> parameters.path("type").asString("").matches("error|warning|assert");
            case "Log.entryAdded" -> parameters.path("entry").path("level").asString("").matches("error|warning");
            default -> false;
        };
    }
}
