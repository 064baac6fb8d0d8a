export type SceneTime = 'before' | 'during' | 'after';

/**
 * A village road from the same spot at three times: mud, gravel with the roller at work, finished. A stand-in where
 * no photograph exists; the page says it is drawn. 640 × 400, always by daylight, like a photograph.
 */
export function RoadScene({ time }: { time: SceneTime }) {
  return (
    <svg className="scene" viewBox="0 0 640 400" aria-hidden="true" focusable="false">
      <rect className={time === 'before' ? 'scene-dull' : 'scene-sky'} width="640" height="230" />
      <path
        className="scene-cloud"
        d="M60 62q18-22 46-12q18-20 44-4q26-6 30 16H56q-6 0 4 0zM420 44q14-16 36-8q18-12 32 4q18 0 18 14h-92z"
      />
      <path
        className="scene-hill-far"
        d="M120 204C210 150 262 118 330 128C392 136 420 168 520 150C570 142 610 150 640 162V230H100z"
      />
      <path className="scene-hill" d="M0 190C60 168 150 178 226 196C320 216 430 190 640 196V240H0z" />
      <path className="scene-grass" d="M0 224H640V400H0z" />
      <RoadSurface time={time} />
      <OldHouse />
      <Trees />
      {time === 'during' && <Roller />}
      {time === 'after' && <Walkers />}
      {time === 'before' && (
        <path
          className="scene-weed"
          d="M118 372l6-22 4 22zM130 376l9-26 2 26zM520 366l5-20 5 20zM534 370l8-24 3 24zM478 338l4-14 4 14z"
        />
      )}
    </svg>
  );
}

function RoadSurface({ time }: { time: SceneTime }) {
  if (time === 'before')
    return (
      <>
        <path className="scene-mud" d="M296 224C250 280 180 340 108 400H560C480 346 400 290 346 224z" />
        <path
          className="scene-rut"
          d="M308 232C282 286 236 346 196 400H236C266 346 296 288 314 232zM332 232C352 286 398 344 446 400H484C430 344 366 288 338 232z"
        />
        <path
          className="scene-puddle"
          d="M214 362c20-10 46-8 50 2s-18 16-40 14-26-10-10-16zM402 332c14-6 34-4 36 3s-14 11-30 9-18-8-6-12zM306 276c8-3 20-2 21 2s-9 6-17 5-10-5-4-7z"
        />
        <path
          className="scene-stone"
          d="M340 372l10-6 10 4-4 8-12 1zM286 336l8-5 8 4-5 6zM360 300l6-4 6 3-4 5z"
        />
      </>
    );
  return (
    <>
      <path className="scene-kerb" d="M292 222C240 282 160 342 84 400H590C500 346 408 290 352 222z" />
      {time === 'during' ? (
        <>
          <path className="scene-gravel" d="M298 222C250 282 176 342 106 400H566C482 346 398 290 346 222z" />
          <path
            className="scene-pebble"
            d="M210 350l10-6 9 5-4 7-11 1zM300 372l11-6 10 5-5 8-12 1zM392 352l10-5 9 5-5 6-10 0zM262 310l8-4 8 4-4 5-9 0zM352 316l8-4 8 4-4 5-9 0zM300 282l6-3 6 3-3 4-7 0zM340 264l5-2 5 2-3 3-5 0zM448 386l11-6 10 5-5 8-12 1zM176 388l11-6 10 5-5 8-12 1z"
          />
        </>
      ) : (
        <>
          <path className="scene-asphalt" d="M298 222C250 282 176 342 106 400H566C482 346 398 290 346 222z" />
          <path
            className="scene-line"
            d="M321 232l1.5 0 1 10-3 0zM320 252l3 0 1.5 14-6 0zM317 280l7 0 2 20-11 0zM313 318l13 0 3 28-19 0zM307 368l23 0 3 32-30 0z"
          />
          <path className="scene-drain" d="M290 224C238 284 154 344 70 400H92C172 344 252 284 296 224z" />
        </>
      )}
    </>
  );
}

function OldHouse() {
  return (
    <g className="scene-house">
      <path className="scene-wall-side" d="M-4 138L206 186V272L-4 350z" />
      <path
        className="scene-brick"
        d="M-4 180L206 204M-4 226L206 224M-4 272L206 244M60 158V330M130 172V302"
      />
      <path className="scene-eaves" d="M-4 118L212 178V190L-4 140z" />
      <path
        className="scene-wall"
        d="M206 276V184C214 184 218 180 222 170C230 150 254 150 262 170C266 180 270 184 278 184V258z"
      />
      <path
        className="scene-ridge"
        d="M202 184C214 184 218 180 222 170C230 150 254 150 262 170C266 180 270 184 282 184"
      />
      <path className="scene-door" d="M230 270V214H254V264z" />
      <path className="scene-window" d="M18 196L54 202V238L18 242zM90 206L118 210V236L90 240z" />
    </g>
  );
}

function Trees() {
  return (
    <g className="scene-trees">
      <path
        className="scene-trunk"
        d="M452 252C456 222 448 202 438 190M472 252C468 224 480 200 494 190M462 252V186M444 206V246M484 206V248M516 250C520 226 514 208 508 196M532 250C530 228 540 206 552 198"
      />
      <path
        className="scene-crown"
        d="M392 176C372 150 396 122 420 128C418 96 456 80 480 98C502 74 552 84 560 112C592 104 616 136 598 160C612 186 578 206 556 194C532 214 498 208 486 194C462 212 432 208 424 194C404 202 386 192 392 176z"
      />
      <path
        className="scene-twig"
        d="M416 150q14-12 30-4M470 124q18-12 36 0M530 148q16-10 32 2M448 180q14 8 28 0M512 178q14 8 30 0"
      />
    </g>
  );
}

function Roller() {
  return (
    <g className="scene-roller" transform="translate(352 250)">
      <path className="scene-body" d="M-18 14V-14H10V-34H40V14z" />
      <path className="scene-cab" d="M14-30H36V-12H14z" />
      <circle className="scene-drum" cx="-18" cy="20" r="19" />
      <circle className="scene-wheel" cx="36" cy="22" r="15" />
      <circle className="scene-hub" cx="-18" cy="20" r="5" />
      <circle className="scene-hub" cx="36" cy="22" r="4" />
      <path className="scene-man" d="M25-24m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0" />
    </g>
  );
}

function Walkers() {
  return (
    <>
      <g className="scene-person" transform="translate(410 268)">
        <ellipse className="scene-shade" cx="6" cy="46" rx="26" ry="4" />
        <path className="scene-trousers" d="M-8 14H8L7 46H1L0 24L-2 46H-8z" />
        <path className="scene-coat" d="M-11-12C-11-19 11-19 11-12L10 18H-10z" />
        <circle className="scene-face" cx="0" cy="-24" r="7.5" />
        <path className="scene-stick" d="M13 0L18 46" />
      </g>
      <g className="scene-person" transform="translate(286 256) scale(.72)">
        <path className="scene-trousers" d="M-7 12H7L6 36H1L0 20L-2 36H-7z" />
        <path className="scene-shirt" d="M-9-10C-9-16 9-16 9-10L8 14H-8z" />
        <circle className="scene-face" cx="0" cy="-20" r="7.5" />
      </g>
    </>
  );
}
