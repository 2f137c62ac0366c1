import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cameraParams, parseParams } from "./params";

const parse = (href: string) => parseParams(new URL(href));

describe("parseParams", () => {
  it("a camera without a direction that is up, or with planes in the wrong order, has its own", () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const { initialCamera } = parse(
      "http://h:1/?initialCameraUp=0,0,0&initialCameraNear=5&initialCameraFar=1",
    );
    expect(initialCamera).toMatchObject({ up: null, near: null, far: null });
    expect(console.warn).toHaveBeenCalledTimes(2);
  });

  it("has a default for all", () => {
    expect(parse("http://127.0.0.1:8080/")).toEqual({
      websocket: "ws://127.0.0.1:8080/",
      playbackPath: null,
      controlOrigin: null,
      darkMode: false,
      showStats: false,
      fixedDpr: null,
      logCamera: false,
      hideViserLogo: false,
      hideSceneTree: false,
      fetchArrays: true,
      forceOrbitOriginTool: false,
      looks: null,
      initialCamera: {
        position: null,
        lookAt: null,
        up: null,
        fov: null,
        near: null,
        far: null,
        projection: null,
      },
      linkedView: { theme: null, hide: [], show: [], select: [] },
      views: null,
      cuts: [],
      dummyWindow: null,
    });
  });

  it("lists looks", () => {
    expect(parse("http://h:1/?looks=eye_dome,edges").looks).toEqual(["eye_dome", "edges"]);
    expect(parse("http://h:1/?looks").looks).toEqual([""]);
  });

  it.each([
    ["https://example.org/", "wss://example.org/"],
    ["http://h:1/robots/arm/", "ws://h:1/robots/arm/"],
    ["http://h:1/robots/index.html?darkMode", "ws://h:1/robots/"],
    ["http://h:1/?websocket=ws://other:9/x", "ws://other:9/x"],
    ["http://h:1/?websocket=", "ws://h:1/"],
  ])("finds the websocket of %s", (href, websocket) => {
    expect(parse(href).websocket).toBe(websocket);
  });

  it.each([
    ["darkMode", true],
    ["darkMode=", true],
    ["darkMode=1", true],
    ["darkMode=true", true],
    ["darkMode=0", false],
    ["darkMode=False", false],
  ])("reads the flag %s as %s", (query, value) => {
    expect(parse(`http://h/?${query}`).darkMode).toBe(value);
  });

  it.each(["https://example.org", "http://127.0.0.1:8000"])(
    "lets a page of %s control this one",
    (origin) => {
      expect(parse(`http://h/?controlOrigin=${origin}`).controlOrigin).toBe(origin);
    },
  );

  it("finds a recording", () => {
    expect(parse("http://h/?playbackPath=runs/a.viser").playbackPath).toBe("runs/a.viser");
    expect(parse("http://h/?playbackPath=").playbackPath).toBeNull();
  });

  it("reads all of them", () => {
    const params = parse(
      "http://h/?showStats&fixedDpr=1.5&logCamera&hideViserLogo&hideSceneTree&forceOrbitOriginTool=1" +
        "&initialCameraPosition=1,-2,3e1&initialCameraLookAt=0,0,0&initialCameraUp=0,0,1" +
        "&initialCameraFov=0.8&initialCameraNear=0.01&initialCameraFar=1000" +
        "&dummyWindowDimensions=1280x720&dummyWindowTitle=My+scene",
    );
    expect(params).toMatchObject({
      showStats: true,
      fixedDpr: 1.5,
      logCamera: true,
      hideViserLogo: true,
      hideSceneTree: true,
      fetchArrays: true,
      forceOrbitOriginTool: true,
      initialCamera: {
        position: [1, -2, 30],
        lookAt: [0, 0, 0],
        up: [0, 0, 1],
        fov: 0.8,
        near: 0.01,
        far: 1000,
        projection: null,
      },
      dummyWindow: { size: [1280, 720], title: "My scene" },
    });
    expect(parse("http://h/?dummyWindowDimensions=fill").dummyWindow).toEqual({
      size: "fill",
      title: "",
    });
  });

  describe("invalid values", () => {
    const warn = vi.spyOn(console, "warn");
    beforeEach(() => {
      warn.mockReset().mockImplementation(() => {});
    });
    afterEach(() => {
      expect(warn).toHaveBeenCalledTimes(1);
      expect(warn.mock.calls[0]?.[0]).toMatch(/is ignored/);
    });

    it.each(["fixedDpr=0", "fixedDpr=-1", "fixedDpr=x", "fixedDpr=", "fixedDpr=Infinity"])(
      "%s is ignored",
      (query) => {
        expect(parse(`http://h/?${query}`).fixedDpr).toBeNull();
      },
    );
    it.each(["1,2", "1,2,3,4", "1,,3", "a,b,c", "1,2,NaN", ""])(
      "position %s is ignored",
      (text) => {
        expect(parse(`http://h/?initialCameraPosition=${text}`).initialCamera.position).toBeNull();
      },
    );
    it.each(["1280", "1280x", "x720", "-1x5", "99999999x1", ""])("window %s is ignored", (text) => {
      expect(parse(`http://h/?dummyWindowDimensions=${text}`).dummyWindow).toBeNull();
    });
    it.each([
      "*",
      "null",
      "",
      "https://h/",
      "https://a.org,https://b.org",
      "https://h:443",
      "h.org",
    ])("origin %s is ignored", (text) => {
      expect(parse(`http://h/?controlOrigin=${text}`).controlOrigin).toBeNull();
    });
  });
});

it("writes the camera as parameters that it reads back", () => {
  const camera = {
    type: "ViewerCameraMessage",
    wxyz: [1, 0, 0, 0],
    position: [1.23456789, -2, 3e-7],
    fov: 1.25,
    near: 0.01,
    far: 1000,
    projection: "orthographic",
    image_height: 1,
    image_width: 1,
    look_at: [0, 0, 1],
    up_direction: [0, 0, 1],
  } as const;
  const text = cameraParams(camera as unknown as Parameters<typeof cameraParams>[0]);
  expect(text).toMatch(/^&initialCameraPosition=1\.23457,-2,0&initialCameraLookAt=0,0,1&/);
  const { initialCamera } = parseParams({
    protocol: "http:",
    host: "h",
    pathname: "/",
    search: `?x${text}`,
  });
  expect(initialCamera).toEqual({
    position: [1.23457, -2, 0],
    lookAt: [0, 0, 1],
    up: [0, 0, 1],
    fov: 1.25,
    near: 0.01,
    far: 1000,
    projection: "orthographic",
  });
});
